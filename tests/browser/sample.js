// The sample site and the browser that looks at it. Whatever is missing is an error: these tests
// never pass by not running.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "./server.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The program that the tests are about. */
function program() {
  const place = process.env.BRIEFBOOK ?? path.join(ROOT, "target/release/briefbook");
  if (!existsSync(place)) {
    throw new Error(`${place} is not there: run \`cargo build --release\` first`);
  }
  return place;
}

/** Builds the sample archive for `base` and serves it there. */
export async function openSample(base) {
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-sample-"));
  const url = `https://sample.example${base}`;
  const options = ["build", "--root", ROOT, "--out", path.join(folder, "site"), "--base-url", url];
  execFileSync(program(), options, { stdio: "inherit" });
  return open(folder, base);
}

/** Publishes the sample archive to a branch, and serves what the remote has got. */
export async function openPublished(base) {
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-published-"));
  const archive = path.join(folder, "archive");
  const run = (name, ...options) => execFileSync(name, options, { cwd: folder, env: ALONE });
  for (const part of ["site.toml", "content"]) {
    cpSync(path.join(ROOT, part), path.join(archive, part), { recursive: true });
  }
  run("git", "init", "-q", "--bare", "remote.git");
  run("git", "init", "-q", "archive");
  run("git", "-C", "archive", "remote", "add", "origin", "../remote.git");
  const url = `https://sample.example${base}`;
  run(program(), "publish", "--root", "archive", "--base-url", url);
  run("git", "clone", "-q", "--branch", "gh-pages", "remote.git", "site");
  return open(folder, base);
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
  const server = await serve(path.join(folder, "site"), base);
  return {
    folder: path.join(folder, "site"),
    /** Where the home page is. */
    home: server.origin + base,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts the Chromium of this machine. */
export async function openBrowser() {
  const places = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) {
    throw new Error("Chromium is not there: install it, or name it in the variable CHROMIUM");
  }
  // The sandbox cannot be set up by root, which is who runs tests in most containers.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
