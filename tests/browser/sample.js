// The sample site and the browser that looks at it. Whatever is missing is an error: these tests
// never pass by not running.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "./server.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the sample archive for `base` and serves it there. */
export async function openSample(base) {
  const program = process.env.BRIEFBOOK ?? path.join(ROOT, "target/release/briefbook");
  if (!existsSync(program)) {
    throw new Error(`${program} is not there: run \`cargo build --release\` first`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "briefbook-sample-"));
  const url = `https://sample.example${base}`;
  const options = ["build", "--root", ROOT, "--out", path.join(folder, "site"), "--base-url", url];
  execFileSync(program, options, { stdio: "inherit" });
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
