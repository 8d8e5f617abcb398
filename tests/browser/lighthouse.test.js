// Lighthouse's fixed categories must be full. Its performance score varies with the machine and
// is measured by hand: `node lighthouse.js`.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit, openLighthouse } from "./lighthouse.js";

test("Lighthouse: accessibility, best practices and SEO are 100", async () => {
  const lighthouse = await openLighthouse();
  try {
    for (const [kind, address] of lighthouse.pages) {
      const { scores, faults } = await audit(lighthouse, address, [
        "accessibility",
        "best-practices",
        "seo",
      ]);
      const full = { accessibility: 100, "best-practices": 100, seo: 100 };
      assert.deepEqual(scores, full, `${kind} (${address}):\n${faults.join("\n")}`);
    }
  } finally {
    await lighthouse.close();
  }
});
