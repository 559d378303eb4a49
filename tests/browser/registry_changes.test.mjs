// Tags and deletion in the registry's page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./browser.mjs";
import { fill, makeScenario, openRegistry, startRegistry } from "./registry.mjs";

let browser;
let registry;
let ids;
before(async () => {
  [browser, registry] = await Promise.all([startBrowser(), startRegistry()]);
  ids = await fill(registry, "local");
});
after(async () => {
  await browser?.close();
  await registry?.stop();
});

async function using(hash, use) {
  const page = await openRegistry(browser, registry, hash);
  try {
    await use(page);
    assert.deepEqual(page.noTrouble(), []);
  } finally {
    await page.context().close();
  }
}

const title = (page, text) => page.locator("h1", { hasText: text }).waitFor();
const notice = (page, text) => page.locator(".notice h2", { hasText: text }).waitFor();
const found = async (path, id) => {
  const page = await registry.send("GET", "local/" + path + "?id=" + id);
  return Object.values(page).find(Array.isArray)[0];
};
const scenarioPath = "simulation/scenario";

test("tags are changed where an object is shown", async () => {
  const scenario = await makeScenario(registry, "local", "To be tagged", { team: "billing", smoke: null });
  await using("#/local/scenarios/" + scenario, async (page) => {
    await page.locator("a", { hasText: "Edit tags" }).click();
    await title(page, "Tags of To be tagged");
    assert.equal(await page.inputValue("#field-tags"), "smoke, team: billing");
    await page.fill("#field-tags", "team: shop, Größe: zwei Meter");
    await page.click("button.main");
    await title(page, /^To be tagged$/);
    assert.deepEqual(await page.locator(".facts .tags a").allInnerTexts(), ["Größe: zwei Meter", "team: shop"]);
    await page.locator("a", { hasText: "Edit tags" }).click();
    await page.fill("#field-tags", "");
    await page.click("button.main");
    await title(page, /^To be tagged$/);
  });
  assert.deepEqual((await found(scenarioPath, scenario)).tags, {});
});

test("tags that the server does not take are told at the field", () =>
  using("#/local/scenarios/" + ids.scenario + "/tags", async (page) => {
    await page.fill("#field-tags", "no-dashes: a");
    await page.click("button.main");
    await notice(page, "It was not saved");
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-tags");
    await page.locator("a", { hasText: "Cancel" }).click();
    await title(page, "Late delivery refund");
    assert.deepEqual((await found(scenarioPath, ids.scenario)).tags, { smoke: null, team: "billing" });
  }));

test("of two who change tags the later one is told and decides", async () => {
  const scenario = await makeScenario(registry, "local", "Tagged by two");
  await using("#/local/scenarios/" + scenario + "/tags", async (page) => {
    await page.fill("#field-tags", "mine");
    await registry.send("POST", "local/" + scenarioPath + "/" + scenario, { tags: { theirs: "yes" } });
    await page.click("button.main");
    await notice(page, "Somebody changed the tags while you were writing");
    assert.match(await page.locator(".told").innerText(), /theirs: yes/);
    assert.deepEqual((await found(scenarioPath, scenario)).tags, { theirs: "yes" });
    await page.click("button.main");
    await title(page, /^Tagged by two$/);
  });
  assert.deepEqual((await found(scenarioPath, scenario)).tags, { mine: null });
});

test("a deletion is asked about, can be left, and is told", async () => {
  const scenario = await makeScenario(registry, "local", "To be deleted");
  await using("#/local/scenarios/" + scenario, async (page) => {
    await page.locator("a", { hasText: /^Delete$/ }).click();
    await title(page, "Delete To be deleted?");
    await page.locator("a", { hasText: "Cancel" }).click();
    await title(page, /^To be deleted$/);
    assert.equal((await found(scenarioPath, scenario)).is_deleted, false);
    await page.locator("a", { hasText: /^Delete$/ }).click();
    await page.locator("button", { hasText: "Delete the scenario" }).click();
    await notice(page, "Deleted");
    assert.equal((await found(scenarioPath, scenario)).is_deleted, true);
    assert.equal(await page.locator("a", { hasText: /^Delete$|Edit tags/ }).count(), 0);
    for (const view of ["delete", "tags"]) {
      await page.goto(registry.url + "/#/local/scenarios/" + scenario + "/" + view);
      await notice(page, "Deleted");
      assert.equal(await page.locator("button.main").count(), 0);
    }
    await page.goto(registry.url + "/#/local/scenarios?q=To+be+deleted");
    await page.locator(".empty").waitFor();
  });
});

test("what is in use stays, and the page says what uses it", async () => {
  const other = await fill(registry, "inuse");
  await using("#/inuse/scenarios/" + other.scenario + "/delete", async (page) => {
    await page.locator("button", { hasText: "Delete the scenario" }).click();
    await notice(page, "It was not deleted");
    assert.match(await page.locator(".told").innerText(), /in use/);
    const removals = [
      ["sets", other.set, "set"],
      ["tests", other.test, "unit test"],
      ["scenarios", other.scenario, "scenario"],
      ["personas", other.persona, "persona"],
    ];
    for (const [kind, id, one] of removals) {
      await page.goto(registry.url + "/#/inuse/" + kind + "/" + id);
      await page.locator("a", { hasText: /^Delete$/ }).click();
      await page.locator("button", { hasText: "Delete the " + one }).click();
      await notice(page, "Deleted");
    }
  });
});

test("unit tests and sets have tags too", () =>
  using("#/local/tests/" + ids.test, async (page) => {
    for (const [kind, id] of [
      ["tests", ids.test],
      ["sets", ids.set],
    ]) {
      await page.goto(registry.url + "/#/local/" + kind + "/" + id + "/tags");
      await page.fill("#field-tags", "nightly, owner: ann");
      await page.click("button.main");
      await page.locator(".facts .tags a", { hasText: "owner: ann" }).waitFor();
    }
  }));

test("what may not be changed here says so", async () => {
  const document = { name: "A document", lead_scenario: { persona: "A gold member", instructions: {} } };
  const made = await registry.send("POST", "simulation/scenarios", document);
  await using("#/local/scenarios/" + made._id + "/delete", async (page) => {
    await page.click("button.main");
    await page.locator(".notice", { hasText: "Eqho dialect" }).waitFor();
    await page.goto(registry.url + "/#/local/scenarios/" + made._id + "/tags");
    await page.fill("#field-tags", "a");
    await page.click("button.main");
    await page.locator(".notice", { hasText: "Eqho dialect" }).waitFor();
  });
});
