// The HTML page for every reader: small screens, both themes, paper, assistive technology.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openPage, seriousFindings, startBrowser } from "./browser.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const cell = "#?t=orders/lost-parcel@angry-regular&trial=1&turn=2";

let browser;
before(async () => (browser = await startBrowser()));
after(async () => browser?.close());

const views = [
  ["night.html", ""],
  ["night.html", cell],
  ["everything.html", ""],
  ["compared.html", ""],
  ["trend.html", ""],
  ["everything.html", "#?t=refunds/late-delivery-refund@angry-regular&trial=5"],
];

for (const [file, hash] of views)
  for (const colorScheme of ["light", "dark"])
    test(file + hash + " in " + colorScheme + ": axe-core finds nothing serious", async () => {
      // Its own context has no policy that would keep axe-core out.
      const page = await openPage(browser, file, { hash, colorScheme, bypassCSP: true });
      await page.locator(hash ? ".trial" : file === "trend.html" ? "main" : "body.scripted").waitFor();
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      assert.deepEqual(await seriousFindings(page, axeSource), []);
      await page.context().close();
    });

for (const [file, hash] of views)
  test(file + hash + " at 320 px does not scroll sideways", async () => {
    const page = await openPage(browser, file, { hash, viewport: { width: 320, height: 640 } });
    await page.locator(hash ? ".trial" : file === "trend.html" ? "main" : "body.scripted").waitFor();
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    await page.context().close();
  });

test("on paper there is the verdict and the table, and nothing to press", async () => {
  const page = await openPage(browser, "night.html", { hash: cell });
  await page.locator(".trial").waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("h1").isVisible());
  assert.ok(await page.locator(".turns").isVisible());
  for (const pressed of ["button", "#filter", "select"])
    assert.equal(await page.locator(pressed).first().isVisible(), false, pressed);
  await page.context().close();
});

test("paper is light, whatever theme was chosen", async () => {
  const page = await openPage(browser, "night.html");
  await page.selectOption("#theme", "dark");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(28, 30, 33)");
  await page.context().close();
});

test("a narrow screen shows both sides of the comparison", async () => {
  const page = await openPage(browser, "compared.html", { viewport: { width: 320, height: 640 } });
  await page.locator("body.scripted").waitFor();
  const row = page.locator("#compare tbody tr").first();
  for (const side of ["Then", "Now"]) {
    const box = await row.locator('td[data-label="' + side + '"]').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320, side + " ends at " + (box.x + box.width));
  }
  await page.context().close();
});

test("a narrow screen opens the trend at the newest runs", async () => {
  const page = await openPage(browser, "trend.html", { viewport: { width: 320, height: 640 } });
  const box = await page.locator("svg.trend circle").last().boundingBox();
  assert.ok(box.x > 0 && box.x < 320, "the newest run is at " + box.x);
  assert.ok((await page.locator("svg.trend .date").count()) > 0);
  await page.context().close();
});

test("nothing moves for those who do not want it", async () => {
  const page = await openPage(browser, "night.html", { reducedMotion: "reduce" });
  assert.equal(
    await page
      .locator("#cells tbody tr")
      .first()
      .evaluate((row) => getComputedStyle(row).transitionDuration),
    "0s",
  );
  await page.context().close();
});

test("the page has landmarks, one main heading and a live count", async () => {
  const page = await openPage(browser, "night.html");
  for (const landmark of ["header", "main", "footer", "nav"])
    assert.ok((await page.locator(landmark).count()) > 0, landmark);
  assert.equal(await page.locator("h1").count(), 1);
  assert.equal(await page.locator("#filter output").getAttribute("aria-live"), "polite");
  await page.context().close();
});
