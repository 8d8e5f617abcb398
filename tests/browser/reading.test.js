// The sample site as somebody reads it on a small phone, with scripts switched off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { addressOf, isRedirect, openBrowser, openSample, pagesOf } from "./sample.js";

let sample;
let browser;
/** Every page, at the address where it is served. */
let pages;

before(async () => {
  sample = await openSample("/");
  browser = await openBrowser();
  pages = pagesOf(sample.folder)
    .filter((file) => !isRedirect(sample.folder, file))
    .map((file) => sample.home + addressOf(file));
  assert.ok(pages.length >= 100, `there are only ${pages.length} pages`);
});

after(async () => {
  await browser?.close();
  await sample?.close();
});

test("no page is wider than a screen of 320 pixels", async () => {
  const page = await browser.newPage({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  const wide = [];
  for (const address of pages) {
    await page.goto(address);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) wide.push(`${address}: ${width} pixels`);
  }
  assert.deepEqual(wide, []);
});

test("every page has its heading and its text without scripts", async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  for (const address of pages) {
    await page.goto(address);
    assert.equal(await page.locator("h1").count(), 1, `${address} needs one main heading`);
    const text = await page.locator("main").innerText();
    assert.ok(text.trim().length > 40, `${address} is empty`);
  }
});
