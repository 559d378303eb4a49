// The registry's page as its reader and writer use it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./browser.mjs";
import { fill, latestVersion, makeScenario, openRegistry, scenarioContent, startRegistry } from "./registry.mjs";

const hostile = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';

let browser;
let registry;
let ids;
before(async () => {
  [browser, registry] = await Promise.all([startBrowser(), startRegistry()]);
  ids = await fill(registry, "local");
  for (const name of ["Opening hours", "Change of address"])
    await makeScenario(registry, "local", name, { team: "shop" });
});
after(async () => {
  await browser?.close();
  await registry?.stop();
});

async function using(hash, use, options) {
  const page = await openRegistry(browser, registry, hash, options);
  try {
    await use(page);
    assert.deepEqual(page.noTrouble(), []);
  } finally {
    await page.context().close();
  }
}

const rows = (page) => page.locator("#results tbody tr");
const title = (page, text) => page.locator("h1", { hasText: text }).waitFor();
const notice = (page, text) => page.locator(".notice h2", { hasText: text }).waitFor();
const append = (scenario, objective) =>
  registry.send("POST", "local/simulation/scenario/" + scenario + "/version", { ...scenarioContent, objective });

test("without an address the scenarios are listed", () =>
  using("", async (page) => {
    assert.equal(new URL(page.url()).hash, "#/local/scenarios");
    assert.ok((await rows(page).count()) >= 3);
    assert.match(await page.locator("output").innerText(), /^\d+ scenarios$/);
  }));

test("a search stands in the address and can be opened again", () =>
  using("#/local/scenarios", async (page) => {
    await page.fill("#search", "delivery");
    await page.locator("output", { hasText: /^1 scenario$/ }).waitFor();
    assert.equal(new URL(page.url()).hash, "#/local/scenarios?q=delivery");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search");
    await page.reload();
    await page.locator("output", { hasText: /^1 scenario$/ }).waitFor();
    assert.equal(await page.inputValue("#search"), "delivery");
    await page.fill("#search", "nothing is called so");
    await page.locator(".empty").waitFor();
    await page.locator(".empty a").click();
    await page.locator("output", { hasText: /^\d\d* scenarios$/ }).waitFor();
  }));

test("a tag filters, and is taken away again", () =>
  using("#/local/scenarios", async (page) => {
    await page.locator(".tags a", { hasText: "team: billing" }).click();
    await page.locator("output", { hasText: /^1 scenario$/ }).waitFor();
    await page.locator(".tag.chosen").click();
    await page.locator("output", { hasText: /scenarios$/ }).waitFor();
    await page.locator(".tags a", { hasText: "smoke" }).click();
    await page.locator("output", { hasText: /^1 scenario$/ }).waitFor();
    await page.goto(registry.url + "/#/local/scenarios");
    await page.selectOption("#tag", "smoke");
    await page.locator("output", { hasText: /^1 scenario$/ }).waitFor();
  }));

test("a long list has pages", async () => {
  for (let number = 0; number < 51; ++number) await makeScenario(registry, "many", "number " + number);
  await using("#/many/scenarios", async (page) => {
    assert.equal(await rows(page).count(), 50);
    await page.locator("a", { hasText: "Next page" }).click();
    await page.locator("output", { hasText: /^1 scenario$/ }).waitFor();
    await page.locator("a", { hasText: "First page" }).click();
    await page.locator("output", { hasText: "50 scenarios on this page" }).waitFor();
  });
});

test("an object shows its latest version, the others, and what uses it", () =>
  using("#/local/scenarios/" + ids.scenario, async (page) => {
    assert.equal(await page.locator("h1").innerText(), "Late delivery refund");
    assert.match(await page.locator("#content-title").innerText(), /^Version 2, the latest$/);
    assert.match(
      await page.locator("article").innerText(),
      /Be brief and polite\.\nDo not accept a voucher\.\nStay calm\./,
    );
    assert.equal(await page.locator(".versions li").count(), 2);
    await page.locator(".versions a", { hasText: "Version 1" }).click();
    await page.locator("#content-title", { hasText: /^Version 1$/ }).waitFor();
    assert.match(await page.locator("article").innerText(), /Be brief\.\n/);
    await page.locator("a", { hasText: "refund", hasNotText: "delivery" }).last().click();
    await title(page, /^refund$/);
    await page.locator("a", { hasText: "Angry regular" }).click();
    await page.locator("article", { hasText: "Has waited too long." }).waitFor();
  }));

test("many versions have pages, and any two of them can be compared", async () => {
  const scenario = await makeScenario(registry, "local", "Often rewritten");
  for (let number = 2; number <= 12; ++number) await append(scenario, "Objective " + number);
  await using("#/local/scenarios/" + scenario, async (page) => {
    assert.equal(await page.locator(".versions li").count(), 10);
    await page.locator("a", { hasText: "Older versions" }).click();
    await page.locator(".versions a", { hasText: /^Version 1$/ }).click();
    await page.locator("#content-title", { hasText: /^Version 1$/ }).waitFor();
    await page.locator("a", { hasText: "Compare versions" }).click();
    await title(page, "Versions of");
    await page.selectOption("#version-from", "3");
    await page.locator(".line.removed", { hasText: "Objective 3" }).waitFor();
    assert.match(await page.locator(".line.added").innerText(), /Objective 12/);
    await page.selectOption("#version-to", "7");
    await page.locator(".line.added", { hasText: "Objective 7" }).waitFor();
    assert.match(new URL(page.url()).hash, /from=3&to=7$|to=7&from=3$/);
  });
});

test("two versions stand side by side, told apart without colour", () =>
  using("#/local/scenarios/" + ids.scenario, async (page) => {
    await page.locator(".versions a", { hasText: "what changed" }).click();
    await title(page, "Versions of");
    assert.match(await page.locator(".line.removed").first().innerText(), /^-\s*removed:\s*Be brief\.$/);
    assert.match(await page.locator(".line.added").first().innerText(), /^\+\s*added:\s*Be brief and polite\.$/);
    assert.match(await page.locator(".choose").innerText(), /1 line removed, 2 added\./);
    const before = await page.locator(".sides tbody tr").count();
    await page.locator(".fold button").first().click();
    assert.ok((await page.locator(".sides tbody tr").count()) > before);
    await page.selectOption("#version-to", "1");
    await page.locator(".empty", { hasText: "Both say the same." }).waitFor();
  }));

test("a new version begins with the latest and shows what it changed", async () => {
  const scenario = await makeScenario(registry, "local", "To be rewritten");
  await using("#/local/scenarios/" + scenario, async (page) => {
    await page.locator("a", { hasText: "New version" }).click();
    await title(page, "New version of To be rewritten");
    assert.equal(await page.inputValue("#field-objective"), scenarioContent.objective);
    await page.click("button.main");
    await notice(page, "Nothing was saved");
    await page.fill("#field-objective", "Get a replacement");
    await page.locator("button.main", { hasText: "Save as version 2" }).click();
    await notice(page, "Saved as version 2");
    assert.match(await page.locator(".line.added").innerText(), /Get a replacement/);
  });
  const saved = await latestVersion(registry, "local", scenario);
  assert.equal(saved.version, 2);
  assert.equal(saved.objective, "Get a replacement");
  assert.deepEqual(saved.parley, scenarioContent.parley);
});

test("of two writers the later one is told, keeps what was typed, and decides", async () => {
  const scenario = await makeScenario(registry, "local", "Written by two");
  await using("#/local/scenarios/" + scenario + "/edit", async (page) => {
    await page.fill("#field-objective", "Mine");
    await append(scenario, "Theirs");
    await page.click("button.main");
    await notice(page, "Version 2 was saved while you were writing");
    assert.equal(await page.inputValue("#field-objective"), "Mine");
    assert.equal((await latestVersion(registry, "local", scenario)).objective, "Theirs");
    const [beside] = await Promise.all([
      page.context().waitForEvent("page"),
      page.locator("a", { hasText: "See what it changed" }).click(),
    ]);
    await beside.locator(".line.added", { hasText: "Theirs" }).waitFor();
    await beside.close();
    await page.locator("button", { hasText: "Go on from version 2" }).click();
    await notice(page, "Your text becomes version 3");
    await page.locator("button.main", { hasText: "Save as version 3" }).click();
    await notice(page, "Saved as version 3");
  });
  const saved = await latestVersion(registry, "local", scenario);
  assert.deepEqual([saved.version, saved.objective], [3, "Mine"]);
});

test("what was typed and not saved is there again", () =>
  using("#/local/scenarios/" + ids.scenario + "/edit", async (page) => {
    await page.fill("#field-objective", "Half a thought");
    await page.reload();
    await notice(page, "This is what you typed before");
    assert.equal(await page.inputValue("#field-objective"), "Half a thought");
    await page.locator("button", { hasText: "Start again from version 2" }).click();
    assert.equal(await page.inputValue("#field-objective"), scenarioContent.objective);
    await page.reload();
    await title(page, "New version");
    assert.equal(await page.locator(".notice").count(), 0);
  }));

test("what the server does not take is told at the field", () =>
  using("#/local/scenarios/" + ids.scenario + "/edit", async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id);
    await page.fill("#field-rest", "{");
    await page.click("button.main");
    await page.locator(".notice", { hasText: "Further fields are no JSON" }).waitFor();
    assert.equal(await focused(), "field-rest");
    await page.fill("#field-rest", "{}");
    await page.fill("#field-objective", " ");
    await page.click("button.main");
    await page.locator(".notice li", { hasText: "objective" }).waitFor();
    assert.equal(await focused(), "field-objective");
    assert.equal((await latestVersion(registry, "local", ids.scenario)).version, 2);
  }));

test("what may not be written here says so and keeps what was typed", async () => {
  const document = {
    name: "A document",
    lead_scenario: { persona: "A gold member", instructions: { reason_for_call: "Refund" } },
  };
  const made = await registry.send("POST", "simulation/scenarios", document);
  await using("#/local/scenarios/" + made._id + "/edit", async (page) => {
    await page.fill("#field-objective", "Something else");
    await page.click("button.main");
    await page.locator(".notice", { hasText: "Eqho dialect" }).waitFor();
    assert.equal(await page.inputValue("#field-objective"), "Something else");
  });
  await registry.send("DELETE", "simulation/scenarios/" + made._id);
  await using("#/local/scenarios/" + made._id, async (page) => {
    await notice(page, "Deleted");
    assert.equal(await page.locator("a", { hasText: "New version" }).count(), 0);
  });
});

test("a first persona is written in an empty organization", () =>
  using("#/fresh/personas", async (page) => {
    await page.locator(".empty a").click();
    await title(page, "New persona");
    await page.fill("#field-name", "Curious newcomer");
    await page.fill("#field-role", "customer");
    await page.fill("#field-tags", "mood: good, smoke");
    await page.fill("#field-background", "New here.");
    await page.fill("#field-rest", '{"timezone": "Europe/Berlin"}');
    await page.locator("button.main", { hasText: "Create the persona" }).click();
    await title(page, "Curious newcomer");
    assert.match(await page.locator("article").innerText(), /New here\.[\s\S]*Europe\/Berlin/);
    assert.deepEqual(await page.locator(".tags a").allInnerTexts(), ["mood: good", "smoke"]);
    await page.goto(registry.url + "/#/fresh/personas/new");
    await title(page, "New persona");
    await page.fill("#field-name", "Curious newcomer");
    await page.fill("#field-role", "customer");
    await page.fill("#field-background", "Another.");
    await page.click("button.main");
    await notice(page, "It was not saved");
  }));

test("names and texts never become markup", async () => {
  const scenario = await makeScenario(registry, "hostile", hostile);
  const content = {
    ...scenarioContent,
    objective: hostile,
    instructions: hostile + "\n" + hostile,
    [hostile]: hostile,
  };
  await registry.send("POST", "hostile/simulation/scenario/" + scenario + "/version", content);
  const at = "#/hostile/scenarios/" + scenario;
  for (const hash of [
    "#/hostile/scenarios",
    at,
    at + "/compare",
    at + "/edit",
    "#/hostile/scenarios?q=%3Cimg",
    "#/" + encodeURIComponent(hostile),
  ])
    await using(hash, async (page) => {
      assert.equal(await page.locator("img, main script").count(), 0, hash);
      assert.equal(await page.evaluate(() => window.harmed), undefined, hash);
      const text = await page.locator("body").innerText();
      assert.ok(hash.startsWith(at) || hash.startsWith("#/hostile") ? text.includes("<img src=x") : true, hash);
    });
});

test("the keyboard reaches everything, and a view begins at its heading", () =>
  using("#/local/scenarios", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    assert.equal(new URL(page.url()).hash, "#/local/scenarios");
    await page.locator("tbody a").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#content-title").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    await page.goBack();
    await title(page, "Scenarios");
  }));

test("an object that is not there, and a server that is away, are told", () =>
  using("#/local/scenarios/" + "f".repeat(24), async (page) => {
    await title(page, "Not found");
    await page.route("**/v1/**", (route) => route.abort());
    await page.locator("#kinds a", { hasText: "Personas" }).click();
    await notice(page, "The server cannot be reached");
    await page.unroute("**/v1/**");
    await page.locator("button", { hasText: "Try again" }).click();
    await title(page, "Personas");
    page.trouble = page.trouble.filter((said) => !said.includes("ERR_FAILED"));
  }));
