// A static server that looks files up as GitHub Pages does.
//
// - `/a/b` is the file `a/b`, or `a/b.html`, or (if `a/b/` is a folder) a redirect to `/a/b/`
// - `/a/b/` is `a/b/index.html`
// - everything else is `404.html`, with status 404
// Names are case-sensitive, and everything stands below a base path; a site in
// shards stands below several.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/** What GitHub Pages answers for an address below the base path. */
async function lookUp(folder, address) {
  const wanted = path.join(folder, address);
  // A way out of the folder is no address.
  if (wanted !== folder && !wanted.startsWith(folder + path.sep)) return { status: 404 };
  const kind = async (file) => {
    const found = await stat(file).catch(() => null);
    return found?.isFile() ? "file" : found?.isDirectory() ? "folder" : null;
  };
  if (address.endsWith("/")) {
    const index = path.join(wanted, "index.html");
    return (await kind(index)) === "file" ? { status: 200, file: index } : { status: 404 };
  }
  if ((await kind(wanted)) === "file") return { status: 200, file: wanted };
  if ((await kind(`${wanted}.html`)) === "file") return { status: 200, file: `${wanted}.html` };
  if ((await kind(wanted)) === "folder") return { status: 301 };
  return { status: 404 };
}

/**
 * Serves a folder below each base path (`{ "/archive/": "site" }`); resolves to their address and
 * how to stop it.
 */
export async function serve(folders) {
  const sites = Object.entries(folders).map(([base, folder]) => [base, path.resolve(folder)]);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    // Outside of all, the first one's 404 page answers.
    const [base, root] = sites.find(([base]) => url.pathname.startsWith(base)) ?? ["", sites[0][1]];
    let answer = { status: 404 };
    if (base) {
      const below = decodeURIComponent(url.pathname.slice(base.length - 1));
      answer = await lookUp(root, below);
    }
    if (answer.status === 301) {
      response.writeHead(301, { Location: `${url.pathname}/${url.search}` }).end();
      return;
    }
    const file = answer.file ?? path.join(root, "404.html");
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(answer.status, { "Content-Type": type }).end(bytes);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((done) => server.close(done)),
  };
}
