// Every kind of page before axe, in light and dark, on a phone and on a desk.

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { kindsOf, openBrowser, openSample, openSite, synthesize, termsOf } from "./sample.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What every site can have. */
const KINDS = [
  ..."home briefing source page term term-year term-month taxonomy issue event events thread".split(" "),
  ..."threads year month week search corrections not-found".split(" "),
];

let sample;
let archive;
let large;
let browser;
/** Pages of every kind, by their names. */
let pages;

before(async () => {
  sample = await openSample("/");
  // Only a term with hundreds of articles a year has pages for its months: a weekly of briefings.
  archive = synthesize(2000, "--briefings");
  large = await openSite(archive, "/");
  pages = new Map();
  for (const site of [large, sample]) {
    for (const [name, address] of [...kindsOf(site.folder), ...termsOf(site.folder)]) {
      pages.set(name, site.home + address);
    }
  }
  assert.deepEqual(KINDS.filter((kind) => !pages.has(kind)), []);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await sample?.close();
  await large?.close();
  if (archive) rmSync(archive, { recursive: true });
});

/** What axe finds on a page, one line a rule and place. */
async function violations(page) {
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test(`every kind of page is accessible: ${colorScheme}, ${width} pixels`, async (t) => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 844 },
        // Otherwise the pages' own policy keeps the checker's script out.
        bypassCSP: true,
      });
      await context.addInitScript(AXE);
      const page = await context.newPage();
      const faults = [];
      const check = async (name) => {
        for (const fault of await violations(page)) faults.push(`${name}: ${fault}`);
      };
      for (const [name, address] of pages) {
        await page.goto(address);
        await check(name);
        // What is folded up is read too.
        const folded = await page.locator("main details").count();
        if (folded === 0) continue;
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("main details")) details.open = true;
        });
        await check(`${name}, unfolded`);
      }
      await page.goto(`${sample.home}search/?q=quad&topics=quad`);
      await page.locator("#results mark").first().waitFor();
      await check("search/?q=quad");
      await context.close();
      assert.deepEqual(faults, []);
      t.diagnostic(`${pages.size} pages, and search with results`);
    });
  }
}
