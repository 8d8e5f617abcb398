// How long a change takes to reach an open page of `briefbook serve`, in a real browser:
//
//     node tests/browser/live-reload.js [ARTICLES]
//
// Each change is made several times to a synthetic archive of so many articles (10,000 unless told
// otherwise); the time is from the write to the moment that the page shows it. The middle one of the
// times is held against its goal, which depends on the machine too much to be a test.

import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { openBrowser, program, synthesize } from "./sample.js";

const ARTICLES = Number(process.argv[2] ?? 10_000);
const ROUNDS = 7;
const GOALS = { style: 200, template: 200, content: 500 };

const root = synthesize(ARTICLES);
const run = (...options) => execFileSync(program(), ["--root", root, "--quiet", ...options]);
run("theme", "new", "mine");
const settings = path.join(root, "site.toml");
const text = readFileSync(settings, "utf8").replace(/^theme = .*$/m, "");
writeFileSync(settings, `theme = "mine"\n${text}`);
run("theme", "eject", "templates/parts/footer.html");

const sheet = path.join(root, "themes/mine/static/custom.css");
const template = path.join(root, "themes/mine/templates/parts/footer.html");
const article = newest(path.join(root, "content"));

/** Some article of the archive, as the file it is. */
function newest(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".md"));
  const briefings = files.filter((name) => name.startsWith("briefings")).sort();
  return path.join(folder, briefings.at(-1) ?? files.at(-1));
}

/** Starts the server; resolves to its address and how to stop it once it has read the archive. */
async function serve() {
  const begun = performance.now();
  const options = ["--root", root, "serve", "--port", "0"];
  const server = spawn(program(), options, { stdio: ["ignore", "pipe", "pipe"] });
  const url = await new Promise((found, failed) => {
    let said = "";
    for (const stream of [server.stdout, server.stderr]) {
      stream.on("data", (data) => {
        said += data;
        const address = /http:\/\/[\w.:]+\//.exec(said)?.[0];
        if (address && said.includes("ready")) found(address);
      });
    }
    server.on("exit", () => failed(new Error(`the server has ended:\n${said}`)));
  });
  console.log(`${ARTICLES} articles; the first edition took ${ms(performance.now() - begun)}`);
  return { url, stop: () => server.kill() };
}

const ms = (time) => `${Math.round(time)} ms`;

/** Makes a change several times and says how long the page took to show it. */
async function measure(page, what, change, seen) {
  const times = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const begun = performance.now();
    change(round);
    await page.waitForFunction(seen, round, { polling: 5, timeout: 60_000 });
    times.push(performance.now() - begun);
    // An editor doesn't save twice within a second.
    await page.waitForTimeout(500);
  }
  times.sort((a, b) => a - b);
  const middle = times[Math.floor(ROUNDS / 2)];
  const verdict = middle <= GOALS[what] ? "within" : "over";
  const range = `${ms(times[0])} to ${ms(times.at(-1))}`;
  console.log(`${what}: ${ms(middle)} (${range}), ${verdict} the goal of ${ms(GOALS[what])}`);
}

const server = await serve();
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 500 } });
  const found = await fetch(`${server.url}permalinks.txt`).then((answer) => answer.text());
  const slug = path.basename(article, ".md");
  const address = found.split("\n").find((line) => line.endsWith(`/${slug}/`));
  await page.goto(new URL(address.slice(1), server.url).href);

  // A page that is loaded again forgets this.
  await page.evaluate(() => {
    window.isTheSame = true;
    scrollTo(0, 200);
  });
  const style = readFileSync(sheet, "utf8");
  await measure(
    page,
    "style",
    (round) => writeFileSync(sheet, `${style}\nbody { outline: ${round}px solid }\n`),
    (round) => getComputedStyle(document.body).outlineWidth === `${round}px`,
  );
  const kept = await page.evaluate(() => window.isTheSame === true && scrollY === 200);
  console.log(`the page ${kept ? "kept" : "LOST"} its place while its style changed`);

  const footer = readFileSync(template, "utf8");
  await measure(
    page,
    "template",
    (round) => writeFileSync(template, `<p id="round-${round}"></p>\n${footer}`),
    (round) => document.getElementById(`round-${round}`) !== null,
  );
  await measure(
    page,
    "content",
    (round) => appendFileSync(article, `\nThis is round ${round}.\n`),
    (round) => document.body.textContent.includes(`This is round ${round}.`),
  );
} finally {
  await browser.close();
  server.stop();
  rmSync(root, { recursive: true });
}
