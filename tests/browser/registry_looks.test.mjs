// The registry's page for every reader: both themes, small screens, assistive technology.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { findings, startBrowser } from "./browser.mjs";
import { fill, openRegistry, startRegistry } from "./registry.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
let registry;
let ids;
before(async () => {
  [browser, registry] = await Promise.all([startBrowser(), startRegistry()]);
  ids = await fill(registry, "local");
  const start = { simulation_unit_test_set_id: ids.set };
  ids.run = (await registry.send("POST", "local/simulation/unit_test_set_run", start)).simulation_unit_test_set_run_id;
  const page = await openRegistry(browser, registry, "#/local/runs/" + ids.run);
  await page.locator("nav.strip").waitFor(); // its report is there
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await registry?.stop();
});

const views = {
  scenarios: () => "#/local/scenarios?tag=smoke:",
  "an empty list": () => "#/nobody/personas",
  "a scenario": () => "#/local/scenarios/" + ids.scenario,
  "two versions": () => "#/local/scenarios/" + ids.scenario + "/compare",
  "a new version": () => "#/local/scenarios/" + ids.scenario + "/edit",
  "tags of a scenario": () => "#/local/scenarios/" + ids.scenario + "/tags",
  "a deletion": () => "#/local/sets/" + ids.set + "/delete",
  "a new persona": () => "#/local/personas/new",
  "unit tests": () => "#/local/tests",
  "a unit test": () => "#/local/tests/" + ids.test,
  "a set": () => "#/local/sets/" + ids.set,
  runs: () => "#/local/runs",
  "a conversation": () => "#/local/runs/" + ids.run + "?test=0&trial=1&turn=1",
};

for (const [name, hash] of Object.entries(views))
  for (const colorScheme of ["light", "dark"])
    test(name + " in " + colorScheme + ": axe-core finds nothing", async () => {
      // Its own context has no policy that would keep axe-core out.
      const page = await openRegistry(browser, registry, hash(), { colorScheme, bypassCSP: true });
      assert.deepEqual(await findings(page, axeSource), []);
      await page.context().close();
    });

for (const [name, hash] of Object.entries(views))
  for (const width of [320, 400])
    test(name + " at " + width + " px does not scroll sideways", async () => {
      const page = await openRegistry(browser, registry, hash(), { viewport: { width, height: 640 } });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      await page.context().close();
    });

test("sign-in: axe-core finds nothing", async () => {
  const closed = await startRegistry([]);
  try {
    const page = await openRegistry(browser, closed, "", { bypassCSP: true });
    assert.equal(await page.locator("h1").innerText(), "Sign in");
    assert.deepEqual(await findings(page, axeSource), []);
    await page.context().close();
  } finally {
    await closed.stop();
  }
});
