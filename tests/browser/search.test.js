// The search page in a browser, on an archive of a few made-up texts.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { openBrowser, openSite } from "./sample.js";

const SITE = `title = "Search"
base_url = "https://search.example/"
language = "en"
time_zone = "Asia/Seoul"
`;

/** Articles by their path: front matter after the title, then the text. */
const ARTICLES = {
  "briefings/2023/yard": [
    "한국은행의 새 청사",
    'date = 2023-03-02\nlanguage = "ko"\ntopics = ["trade"]',
    "한국은 등대 세 곳을 더 짓기로 했다. 바닷길이 길어졌기 때문이다.",
  ],
  "briefings/2023/vote": [
    "등대 예산",
    'date = 2023-06-12\nlanguage = "ko"\ntopics = ["trade"]',
    "예산안은 어제 국회에서 처음 논의되었다.",
  ],
  "briefings/2024/base": [
    "기지의 우체국",
    'date = 2024-01-20\nlanguage = "ko"\ntopics = ["alliance"]',
    "주한미군사령부 우체국이 새 건물로 옮겼다.",
  ],
  "briefings/2024/talks": [
    "어업 회의 정리",
    'date = 2024-02-11\nlanguage = "ko"\ntopics = ["trade"]',
    "관세협상 첫날에는 그물코의 크기만 이야기했다.",
  ],
  "briefings/2021/old": [
    "The lighthouse keepers meet",
    'date = 2021-05-04\ntopics = ["trade"]',
    "## What Happened\n\nThe keepers met in the harbor.\n\n## Implications\n\nLamps will be counted, and the word heliograph was written down.\n\n## Context\n\nThey meet every year.",
  ],
  "briefings/2024/new": [
    "Keepers ask for lamps",
    'date = 2024-05-04\ntopics = ["alliance"]',
    "One keeper asked for a lamp.",
  ],
  "briefings/2024/surf": [
    "여름 대회",
    'date = 2024-07-01\nlanguage = "ko"',
    "올해의 파도타기 대회가 항구에서 열렸다.",
  ],
  "sources/2022/letter": [
    "A letter about lamps",
    'date = 2022-05-04\npublisher = "The Pier Post"\ntopics = ["alliance"]',
    `${"Many words about nets and knots come before it. ".repeat(30)}Far down a periscope is mentioned.`,
  ],
};

/** Short notes that all share words: an index leaves out what most pages have. */
for (let note = 0; note < 420; note++) {
  ARTICLES[`briefings/2020/note-${note}`] = [`Note ${note}`, "date = 2020-01-01", "The tide rose. 파도 높음."];
}

let folder;
let site;
let browser;
let page;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "briefbook-search-"));
  writeFileSync(path.join(folder, "site.toml"), SITE);
  for (const [name, [title, front, text]] of Object.entries(ARTICLES)) {
    const file = path.join(folder, "content", `${name}.md`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `+++\ntitle = "${title}"\n${front}\n+++\n\n${text}\n`);
  }
  site = await openSite(folder, "/archive/");
  browser = await openBrowser();
  page = await browser.newPage();
});

after(async () => {
  await browser?.close();
  await site?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** Opens the search at a query string; resolves to the titles found, in their order. */
async function find(query) {
  await page.goto(`${site.home}search/${query}`);
  await page.locator("#found:not(:empty)").waitFor();
  return titles();
}

const titles = () => page.locator("#results h2").allInnerTexts();
const asked = (text) => `?${new URLSearchParams({ q: text })}`;

for (const [query, title, marked] of [
  ["한국", "한국은행의 새 청사", "한국"],
  ["국회", "등대 예산", "국회"],
  ["미군", "기지의 우체국", "미군"],
  ["관세", "어업 회의 정리", "관세"],
]) {
  test(`${query} finds the word it stands in`, async () => {
    assert.deepEqual(await find(asked(query)), [title]);
    const mark = page.locator("#results mark").first();
    await mark.waitFor();
    assert.equal(await mark.innerText(), marked);
  });
}

test("a word that most pages have lists the newest", async () => {
  const found = await find(asked("tide"));
  assert.equal(found.length, 10);
  assert.match(await page.locator("#found").innerText(), /^Most pages have this.* 4\d\d results$/);
  await page.locator("#results mark").first().waitFor();
});

test("a word is found by what sets it apart from one that most pages have", async () => {
  assert.deepEqual(await find(asked("파도타기")), ["여름 대회"]);
});

test("words that nothing has are said to be found nowhere", async () => {
  assert.deepEqual(await find(asked("zeppelin")), []);
  assert.match(await page.locator("#found").innerText(), /\S/);
});

test("a facet narrows what was found and counts what each choice would leave", async () => {
  assert.equal((await find(asked("lamp"))).length, 3);
  await page.locator("#search summary").click();
  const options = page.locator("#f-year option");
  await page.locator('#f-year option:text-matches("\\\\(3\\\\)")').first().waitFor({ state: "attached" });
  const counts = await options.evaluateAll((all) => all.map(({ value, text }) => [value, text]));
  assert.deepEqual(
    counts.filter(([value]) => value === "2022"),
    [["2022", "2022 (1)"]],
  );
  await page.locator("#f-year").selectOption("2022");
  await page.waitForFunction(() => document.querySelectorAll("#results h2").length === 1);
  assert.deepEqual(await titles(), ["A letter about lamps"]);
});

test("what was found is sorted by date, newest first", async () => {
  assert.deepEqual(await find("?q=lamp&sort=date"), [
    "Keepers ask for lamps",
    "A letter about lamps",
    "The lighthouse keepers meet",
  ]);
});

test("the address of a search shows the same search to somebody else", async () => {
  await page.goto(`${site.home}search/`);
  await page.locator("#q").fill("lamp");
  await page.locator("#sort").selectOption("date");
  await page.locator("#f-year").evaluate((select) => {
    select.value = "2024";
    select.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.waitForFunction(() => document.querySelectorAll("#results h2").length === 1);
  const address = page.url();
  const shown = await titles();
  const other = await browser.newPage();
  await other.goto(address);
  await other.locator("#results h2").first().waitFor();
  assert.deepEqual(await other.locator("#results h2").allInnerTexts(), shown);
  assert.equal(await other.locator("#q").inputValue(), "lamp");
  await other.close();
});

test("a hit leads to the section it stands in", async () => {
  await find(asked("heliograph"));
  await page.locator("#results mark").first().waitFor();
  const link = page.locator("#results h2 a").first();
  await page.waitForFunction(() => document.querySelector("#results h2 a").hash);
  await link.click();
  await page.waitForURL(/#/);
  const heading = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
  assert.equal(await heading.textContent(), "Implications");
});

test("a source article is found by words it does not show", async () => {
  assert.deepEqual(await find(asked("periscope")), ["A letter about lamps"]);
  await page.locator("#results p:last-child:not(:empty)").first().waitFor();
  assert.doesNotMatch(await page.locator("#results").innerText(), /periscope/);
});

test("arrows walk through what was found", async () => {
  await find(asked("lamp"));
  await page.locator("#q").focus();
  await page.keyboard.press("ArrowDown");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  assert.equal(await focused(), (await titles())[0]);
});

test("without scripts the search page leads to the lists", async () => {
  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(`${site.home}search/`);
  const hrefs = await plain.locator("main a").evaluateAll((links) => links.map(({ href }) => href));
  assert.ok(hrefs.includes(`${site.home}topics/`), hrefs.join("\n"));
  assert.equal(await plain.locator("noscript p").isVisible(), true);
  for (const href of hrefs) assert.equal((await fetch(href)).status, 200, href);
  await plain.close();
});
