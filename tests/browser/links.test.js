// Every page of the sample site, found by following links from the home page, in a real browser:
// no failed request, no dead link, no dead anchor, no error in the console. At the root of a host
// and below a path, as on a project's GitHub Pages, in one piece and in shards.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openBrowser, openPublished, openSample, openSharded } from "./sample.js";

/** Everything a page links to or loads, as absolute addresses. */
const collect = () => {
  const places = ["a.href", "link.href", "img.src", "img.srcset", "script.src", "source.srcset"];
  const found = [];
  for (const [element, attribute] of places.map((place) => place.split("."))) {
    for (const node of document.querySelectorAll(`${element}[${attribute}]`)) {
      // A link to where the site will stand one day may lead nowhere today.
      if (["canonical", "alternate"].includes(node.rel)) continue;
      for (const part of node.getAttribute(attribute).split(attribute === "srcset" ? "," : "\0")) {
        const written = attribute === "srcset" ? part.trim().split(" ")[0] : part;
        found.push(new URL(written, document.baseURI).href);
      }
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  return { found, ids, repeated: ids.filter((id, index) => ids.indexOf(id) !== index) };
};

async function crawl(home, browser) {
  const faults = [];
  /** Address without `#…` to the ids in it; `null` for what is no page. */
  const visited = new Map();
  const anchors = [];
  const queue = [[home, "the start"]];
  const page = await browser.newPage();
  let here = home;
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${here}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${here}: script: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure().errorText;
    // Going on to the next page takes back what this one still waited for.
    if (why !== "net::ERR_ABORTED") faults.push(`${here}: ${why}: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${here}: ${response.status()}: ${response.url()}`);
  });

  for (let next = queue.shift(); next; next = queue.shift()) {
    const [address, from] = next;
    if (visited.has(address)) continue;
    visited.set(address, null);
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.status !== 200) {
      faults.push(`${from}: links to ${address}, which answers ${answer.status}`);
      continue;
    }
    if (!answer.headers.get("content-type").startsWith("text/html")) continue;
    const redirect = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(await answer.text());
    if (redirect) {
      queue.push([new URL(redirect[1], address).href, address]);
      continue;
    }
    here = address;
    await page.goto(address, { waitUntil: "load" });
    const { found, ids, repeated } = await page.evaluate(collect);
    visited.set(address, new Set(ids));
    for (const id of new Set(repeated)) faults.push(`${address}: the id ${id} is there twice`);
    for (const link of found) {
      const url = new URL(link);
      if (url.origin !== new URL(home).origin) continue;
      const anchor = decodeURIComponent(url.hash.slice(1));
      url.hash = "";
      if (anchor) anchors.push([address, url.href, anchor]);
      queue.push([url.href, address]);
    }
  }
  for (const [from, address, anchor] of anchors) {
    if (visited.get(address) && !visited.get(address).has(anchor)) {
      faults.push(`${from}: links to ${address}#${anchor}, and nothing there has that id`);
    }
  }
  await page.close();
  const pages = [...visited].filter(([, ids]) => ids !== null).map(([address]) => address);
  return { faults, found: [...visited.keys()], pages };
}

for (const [how, open, base] of [
  ["built", openSample, "/"],
  ["built", openSample, "/archive/"],
  ["published", openPublished, "/archive/"],
  ["published in shards", openSharded, "/archive/"],
]) {
  test(`every link of the sample site leads somewhere, ${how} below ${base}`, async () => {
    const sample = await open(base);
    const browser = await openBrowser();
    try {
      const { faults, found, pages } = await crawl(sample.home, browser);
      assert.deepEqual(faults, []);
      assert.ok(pages.length >= 50, `only ${pages.length} pages were found`);
      const narrower = found.filter((address) => /-\d+w\.png$/.test(address));
      assert.ok(narrower.length > 0, "no picture in another width was found");
    } finally {
      await browser.close();
      await sample.close();
    }
  });
}

for (const base of ["/", "/archive/"]) {
  test(`a missing address below ${base} shows a page whose links work`, async () => {
    const sample = await openSample(base);
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const broken = [];
      page.on("response", (response) => {
        const asset = response.request().resourceType() !== "document";
        if (asset && response.status() >= 400) broken.push(response.url());
      });
      const missing = `${sample.home}2021/04/no/such/page/`;
      const answer = await page.goto(missing);
      assert.equal(answer.status(), 404);
      assert.deepEqual(broken, []);
      const { found } = await page.evaluate(collect);
      const origin = new URL(sample.home).origin;
      const own = found.filter((link) => link.startsWith(origin) && !link.startsWith(missing));
      assert.ok(own.length > 0, "the page has no links");
      for (const link of own) assert.equal((await fetch(link)).status, 200, link);
    } finally {
      await browser.close();
      await sample.close();
    }
  });
}
