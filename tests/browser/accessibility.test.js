// Every kind of page before axe, in light and dark, on a phone and on a desk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { kindsOf, openBrowser, openSample } from "./sample.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let sample;
let browser;

before(async () => {
  sample = await openSample("/");
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await sample?.close();
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
    test(`every kind of page is accessible: ${colorScheme}, ${width} pixels`, async () => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 844 },
        // Otherwise the pages' own policy keeps the checker's script out.
        bypassCSP: true,
      });
      await context.addInitScript(AXE);
      const page = await context.newPage();
      const faults = [];
      const check = async (address) => {
        for (const fault of await violations(page)) faults.push(`/${address}: ${fault}`);
      };
      const kinds = kindsOf(sample.folder);
      assert.ok(kinds.size >= 12, `only ${[...kinds.keys()]}`);
      for (const address of kinds.values()) {
        await page.goto(sample.home + address);
        await check(address);
        // What is folded up is read too.
        const folded = await page.locator("main details").count();
        if (folded === 0) continue;
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("main details")) details.open = true;
        });
        await check(address);
      }
      await page.goto(`${sample.home}search/?q=quad&topics=quad`);
      await page.locator("#results mark").first().waitFor();
      await check("search/?q=quad");
      await context.close();
      assert.deepEqual(faults, []);
    });
  }
}
