// How long a large page takes to open and to answer. usage: node large_page.mjs PAGE.html
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser } from "./browser.mjs";

const file = resolve(process.argv[2]);
const rounds = 5;

// Until what an action changed has been drawn.
const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function timed(act) {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

async function round(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const figures = {};
  figures["open, usable"] = await timed(async () => {
    await page.goto(pathToFileURL(file).href, { waitUntil: "commit" });
    await page.locator("body.scripted").waitFor();
  });
  await page.waitForLoadState("load");
  const [first, load] = await page.evaluate(() => [
    performance.getEntriesByName("first-contentful-paint")[0].startTime,
    performance.getEntriesByType("navigation")[0].loadEventEnd,
  ]);
  figures["first paint"] = first;
  figures["open, read to its end"] = load;
  figures["filter"] = await timed(() => page.fill("#filter-text", "s:failed persona:angry").then(() => drawn(page)));
  figures["filter cleared"] = await timed(() => page.fill("#filter-text", "").then(() => drawn(page)));
  figures["scroll to the end"] = await timed(() =>
    page.evaluate(() => scrollTo(0, document.body.scrollHeight)).then(() => drawn(page)),
  );
  figures["unit test opened"] = await timed(async () => {
    await page.locator("#cells tbody tr a").last().click();
    await page.locator(".trial .turn").first().waitFor();
  });
  if ((await page.locator("nav.strip a").count()) > 1)
    figures["last trial"] = await timed(async () => {
      await page.locator("nav.strip a").last().click();
      await page.locator("nav.strip a:last-child[aria-current]").waitFor();
    });
  await page.close();
  return figures;
}

const browser = await startBrowser();
const rows = [];
for (let i = 0; i < rounds; ++i) rows.push(await round(browser));
await browser.close();
console.log((statSync(file).size / 2 ** 20).toFixed(1) + " MiB; milliseconds, median (worst) of " + rounds);
for (const name of Object.keys(rows[0])) {
  const all = rows.map((row) => row[name]).sort((a, b) => a - b);
  console.log(
    name.padEnd(24) + String(Math.round(all[rounds >> 1])).padStart(6) + "  (" + Math.round(all.at(-1)) + ")",
  );
}
