// Every page of the sample site, and 200 of a large synthetic one, before two validators: the Nu
// checker (the one of the W3C) and html-validate.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { HtmlValidate, StaticConfigLoader } from "html-validate";
import vnu from "vnu-jar";

import { kindOf, openSample, openSite, pagesOf, synthesize } from "./sample.js";

const run = promisify(execFile);
const ARTICLES = 2000;
const TAKEN = 200;

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:recommended"],
    elements: ["html5"],
    rules: {
      // Titles are the publishers' own.
      "long-title": "off",
      // Void elements and white space as the templates write them; neither changes a page.
      "void-style": "off",
      "no-trailing-whitespace": "off",
    },
  }),
);

/** Each error with its file and place, as one line. */
async function faultsOf(folder, files) {
  const faults = [];
  for (const file of files) {
    const report = await validator.validateFile(path.join(folder, file));
    for (const { messages } of report.results) {
      for (const { line, column, message, ruleId } of messages) {
        faults.push(`${file}:${line}:${column}: ${message} (${ruleId})`);
      }
    }
  }
  const nu = ["-Xss4m", "-jar", String(vnu), "--errors-only", "--exit-zero-always", "--format", "json"];
  const { stderr } = await run("java", [...nu, "--skip-non-html", folder], { maxBuffer: 2 ** 26 });
  for (const { url, lastLine, message } of JSON.parse(stderr).messages) {
    faults.push(`${url.slice(url.indexOf(folder) + folder.length)}:${lastLine}: ${message} (Nu)`);
  }
  return faults;
}

let sample;
let archive;
let large;
let taken;

before(async () => {
  sample = await openSample("/");
  archive = synthesize(ARTICLES);
  large = await openSite(archive, "/");
  taken = mkdtempSync(path.join(tmpdir(), "briefbook-taken-"));
});

after(async () => {
  await sample?.close();
  await large?.close();
  for (const folder of [archive, taken]) if (folder) rmSync(folder, { recursive: true });
});

test("every page of the sample site is valid", async (t) => {
  const files = pagesOf(sample.folder);
  assert.ok(files.length >= 100, `only ${files.length} pages`);
  assert.deepEqual(await faultsOf(sample.folder, files), []);
  t.diagnostic(`${files.length} pages`);
});

test(`${TAKEN} pages of a site of ${ARTICLES} articles are valid`, async (t) => {
  const files = pagesOf(large.folder);
  const chosen = files.filter((_, at) => at % Math.floor(files.length / TAKEN) === 0).slice(0, TAKEN);
  assert.equal(chosen.length, TAKEN);
  for (const file of chosen) cpSync(path.join(large.folder, file), path.join(taken, file));
  assert.deepEqual(await faultsOf(taken, chosen), []);
  const kinds = new Set(chosen.map((file) => kindOf(taken, file)));
  t.diagnostic(`${chosen.length} of ${files.length} pages: ${[...kinds].join(", ")}`);
});
