// The sites under test and the browser that looks at them. Whatever is missing is an error: these
// tests never pass by not running.

import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "./server.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The program that the tests are about. */
export const program = () =>
  built(process.env.BRIEFBOOK, "target/release/briefbook", "cargo build --release");

/** Builds the sample archive for `base` and serves it there. */
export const openSample = (base) => openSite(ROOT, base);

/** Builds the archive in the folder `root` for `base` and serves it there. */
export async function openSite(root, base) {
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-site-"));
  const url = `https://sample.example${base}`;
  const options = ["build", "--root", root, "--out", path.join(folder, "site"), "--base-url", url];
  execFileSync(program(), options, { stdio: "inherit" });
  return open(folder, base);
}

/** Publishes the sample archive to a branch, and serves what the remote has got. */
export async function openPublished(base) {
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-published-"));
  copySample(folder);
  const run = (name, ...options) => execFileSync(name, options, { cwd: folder, env: ALONE });
  run("git", "init", "-q", "--bare", "remote.git");
  run("git", "init", "-q", "archive");
  run("git", "-C", "archive", "remote", "add", "origin", "../remote.git");
  const url = `https://sample.example${base}`;
  run(program(), "publish", "--root", "archive", "--base-url", url);
  run("git", "clone", "-q", "--branch", "gh-pages", "remote.git", "site");
  return open(folder, base);
}

/**
 * Publishes the sample archive in shards, a front below `base` and a shard below `/archive-2021/`
 * for 2021 and so on, and serves them all.
 */
export async function openSharded(base) {
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-sharded-"));
  const archive = copySample(folder);
  const years = ["2020", "2021"];
  const shards = years.map((year) => [`/archive-${year}/`, path.join(folder, "site", year)]);
  const front = path.join(folder, "site/front");
  // Links from shard to shard are absolute, so it must be known first where they will stand.
  const server = await serve({ [base]: front, ...Object.fromEntries(shards) });
  const settings = `\n[publish]\nshards = "year"\nshard_base_url = "${server.origin}/archive-{year}/"\n`;
  appendFileSync(path.join(archive, "site.toml"), settings);
  const options = ["--root", archive, "--to", path.join(folder, "site")];
  execFileSync(program(), ["publish", ...options, "--base-url", server.origin + base]);
  return opened(folder, front, server, base);
}

/** A copy of the sample archive in a folder. */
function copySample(folder) {
  const archive = path.join(folder, "archive");
  for (const part of ["site.toml", "content"]) {
    cpSync(path.join(ROOT, part), path.join(archive, part), { recursive: true });
  }
  return archive;
}

/** git without the settings of whoever runs the tests. */
const ALONE = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "An Editor",
  GIT_AUTHOR_EMAIL: "editor@sample.example",
  GIT_COMMITTER_NAME: "An Editor",
  GIT_COMMITTER_EMAIL: "editor@sample.example",
};

/** Serves the folder `site` below `base`. */
async function open(folder, base) {
  const site = path.join(folder, "site");
  return opened(folder, site, await serve({ [base]: site }), base);
}

function opened(folder, site, server, base) {
  return {
    folder: site,
    /** Where the home page is. */
    home: server.origin + base,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Writes an archive of `articles` made-up articles; the same number and options give the same
 * archive.
 */
export function synthesize(articles, ...options) {
  const writer = built(
    process.env.SYNTHESIZE,
    "target/debug/examples/synthesize",
    "cargo build --example synthesize",
  );
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-synthetic-"));
  execFileSync(writer, [folder, String(articles), ...options], { stdio: "inherit" });
  return folder;
}

function built(named, usual, command) {
  const place = named ?? path.join(ROOT, usual);
  if (!existsSync(place)) throw new Error(`${place} is not there: run \`${command}\` first`);
  return place;
}

/** Every page of a site, as the names of its files below `folder`. */
export const pagesOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort();

/** The address below the home page of a page's file. */
export const addressOf = (file) => file.replace(/(^|\/)index\.html$/, "$1");

/** Whether a page only leads from an old address to the new one. */
export const isRedirect = (folder, file) =>
  readFileSync(path.join(folder, file), "utf8").includes('http-equiv="refresh"');

/** The kind of a page: `home`, `briefing`, `month` …; nothing for a redirect. */
export const kindOf = (folder, file) =>
  /<body class="on-([\w-]+)"/.exec(readFileSync(path.join(folder, file), "utf8"))?.[1];

/** Kinds of pages, each with the address of its longest example. */
export const kindsOf = (folder) => longestOf(folder, (file) => kindOf(folder, file));

/** The index of every taxonomy, and its longest term, with their addresses. */
export const termsOf = (folder) =>
  longestOf(folder, (file) => {
    const kind = kindOf(folder, file);
    return kind === "taxonomy" || kind === "term" ? `${kind} of ${file.split("/")[0]}` : undefined;
  });

/** The address of the longest page of each name that pages are given. */
function longestOf(folder, nameOf) {
  const longest = new Map();
  for (const file of pagesOf(folder)) {
    const name = nameOf(file);
    const size = statSync(path.join(folder, file)).size;
    if (name && size > (longest.get(name)?.size ?? 0)) {
      longest.set(name, { size, address: addressOf(file) });
    }
  }
  return new Map([...longest].map(([name, { address }]) => [name, address]));
}

/** The Chromium of this machine. */
export function chromiumPath() {
  const places = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = places.find((place) => place && existsSync(place));
  if (!found) {
    throw new Error("Chromium is not there: install it, or name it in the variable CHROMIUM");
  }
  return found;
}

export async function openBrowser() {
  // The sandbox cannot be set up by root, which is who runs tests in most containers.
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
}
