// Lighthouse on the kinds of pages readers meet most. Run by itself, it measures performance:
// the median of five runs a page.

import { fileURLToPath } from "node:url";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { chromiumPath, kindsOf, openSample } from "./sample.js";

const RUNS = 5;

/** A browser, the sample site, and its pages to audit. */
export async function openLighthouse() {
  const sample = await openSample("/");
  const chrome = await launch({
    chromePath: chromiumPath(),
    chromeFlags: ["--headless=new", "--no-sandbox"],
    logLevel: "error",
  });
  const kinds = kindsOf(sample.folder);
  return {
    home: sample.home,
    port: chrome.port,
    pages: [
      ["home", kinds.get("home")],
      ["briefing", kinds.get("briefing")],
      ["topic", "topics/quad/"],
      ["month", kinds.get("month")],
      ["search", kinds.get("search")],
    ],
    async close() {
      chrome.kill();
      await sample.close();
    },
  };
}

/** The scores of one page by category, 0 to 100, and what took points away. */
export async function audit({ home, port }, address, onlyCategories) {
  const result = await lighthouse(home + address, { port, onlyCategories, logLevel: "error" });
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(runtimeError.message);
  const scores = Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  const faults = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1)
    .map(({ id }) => `${id}: ${audits[id].title} ${JSON.stringify(audits[id].details?.items ?? "")}`);
  return { scores: Object.fromEntries(scores), faults };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await openLighthouse();
  for (const [kind, address] of browser.pages) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) {
      runs.push((await audit(browser, address, ["performance"])).scores.performance);
    }
    runs.sort((a, b) => a - b);
    console.log(`${kind} (/${address}): ${runs[(RUNS - 1) / 2]} of ${runs.join(", ")}`);
  }
  await browser.close();
}
