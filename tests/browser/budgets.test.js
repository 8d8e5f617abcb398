// What a page may cost its reader: bytes, requests, scripts, and a layout that stands still.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { kindsOf, openBrowser, openSample, pagesOf } from "./sample.js";

const KB = 1024;

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

/** Takes every match out of a text, and counts its bytes. */
function take(html, pattern) {
  let taken = 0;
  const rest = html.replace(pattern, (part) => {
    taken += Buffer.byteLength(part);
    return "";
  });
  return { rest, taken };
}

test("an article page is its text: what frames it and what describes it stay small", () => {
  const about =
    /<title>[^]*?<\/title>|<meta (?:name="(?:description|citation_[^"]*)"|property="[^"]*")[^>]*>|<link rel="(?:canonical|alternate)"[^>]*>|<script type="application\/ld\+json">[^]*?<\/script>/g;
  const record = /<footer class="record">[^]*?<\/footer>/g;
  const text = /<article class="text">[^]*<\/article>|<nav class="(?:crumbs|pager)"[^]*?<\/nav>/g;
  let articles = 0;
  for (const file of pagesOf(sample.folder)) {
    const html = readFileSync(path.join(sample.folder, file), "utf8");
    if (!/<body class="on-(?:briefing|source)"/.test(html)) continue;
    articles += 1;
    const head = take(html, about);
    const foot = take(head.rest, record);
    const frame = Buffer.byteLength(take(foot.rest, text).rest);
    const metadata = head.taken + foot.taken;
    assert.ok(frame <= 3 * KB, `${file}: a frame of ${frame} bytes`);
    assert.ok(metadata <= 6 * KB, `${file}: metadata and citations of ${metadata} bytes`);
  }
  assert.ok(articles >= 20, `only ${articles} articles`);
});

test("there is one style sheet, and it is small", () => {
  const sheets = readdirSync(sample.folder, { recursive: true }).filter((name) => name.endsWith(".css"));
  assert.equal(sheets.length, 1, sheets.join(", "));
  const size = gzipSync(readFileSync(path.join(sample.folder, sheets[0]))).length;
  assert.ok(size <= 8 * KB, `${size} bytes when compressed`);
});

// The page, its sheet, its script, its icon. The pictures that editors put into articles come on
// top, as the articles' words do; a list shows one at most: that of the article it leads with.
test("a page takes four requests at most, no script beyond its keys, and stands still", async () => {
  for (const [kind, address] of kindsOf(sample.folder)) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const requests = [];
    let scripts = 0;
    page.on("response", async (response) => {
      requests.push(response.url());
      if (response.request().resourceType() === "script") scripts += (await response.body()).length;
    });
    await page.goto(sample.home + address, { waitUntil: "networkidle" });
    // A browser without a window never asks for the icon that everyone else's asks for.
    const icon = await page.evaluate(() => document.querySelector("link[rel~=icon]").href);
    const pictures = await page.evaluate(() =>
      [...document.querySelectorAll(".text img, .issue-of > img")].map((picture) => picture.currentSrc),
    );
    if (kind !== "briefing" && kind !== "source" && kind !== "page") {
      assert.ok(pictures.length <= 1, `${kind} shows ${pictures.length} pictures`);
    }
    const own = [...new Set([...requests, icon])].filter((address) => !pictures.includes(address));
    const inline = await page.evaluate(() =>
      [...document.querySelectorAll("script:not([src]):not([type='application/ld+json'])")].length,
    );
    assert.equal(inline, 0, `${kind} has a script inside`);
    assert.equal(await page.evaluate(() => window.shift), 0, `${kind} moves while it loads`);
    if (kind !== "search") {
      assert.ok(scripts <= 3 * KB, `${kind}: ${scripts} bytes of script`);
      assert.ok(own.length <= 4, `${kind} (/${address}):\n${own.join("\n")}`);
    }
    await page.close();
  }
});
