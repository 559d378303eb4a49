// Runs as the registry's page shows them, and who is let in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./browser.mjs";
import { fill, openRegistry, scenarioContent, startRegistry } from "./registry.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(async () => browser?.close());

const title = (page, text) => page.locator("h1", { hasText: text }).waitFor();

test("a run is started, watched, and read down to its conversations", async () => {
  const registry = await startRegistry();
  try {
    const ids = await fill(registry, "local", 3);
    const page = await openRegistry(browser, registry, "#/local/runs");
    await page.locator(".empty a").click();
    await page.locator("a", { hasText: "nightly" }).click();
    await page.locator("button", { hasText: "Start a run" }).click();
    await title(page, "Run of nightly");
    await page.locator(".status", { hasText: "errored" }).waitFor(); // its metric has no judge
    assert.match(await page.locator(".facts").innerText(), /3 of 3[\s\S]*support, version 1\.0/);
    assert.match(
      await page.locator("tbody").first().innerText(),
      /refund[\s\S]*Late delivery refund, version 2[\s\S]*polite: no verdict[\s\S]*3× judge\.undecided/,
    );
    assert.equal(await page.locator("nav.strip a").count(), 3);

    await page.locator("nav.strip a").nth(1).click();
    await page.locator("#trial-title", { hasText: "refund, conversation 2" }).waitFor();
    assert.match(await page.locator(".transcript").innerText(), /I want a refund for my order 4411/);
    assert.match(await page.locator(".criteria").innerText(), /met[\s\S]*mentions/);
    await page.locator(".criteria a").first().click();
    await page.locator("#turn-1.chosen").waitFor();
    assert.match(new URL(page.url()).hash, /\?test=0&trial=2&turn=1$/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("a", { hasText: "Download the report" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^run-[0-9a-f]{24}\.json$/);

    await page.locator("#kinds a", { hasText: "Runs" }).click();
    await page.locator("#results .status", { hasText: "errored" }).waitFor();
    await page.selectOption("#state", "passed");
    await page.locator(".empty", { hasText: "Nothing fits." }).waitFor();
    await page.goto(registry.url + "/#/local/runs?set=" + ids.set);
    await page.locator("#results a", { hasText: "nightly" }).waitFor();
    assert.deepEqual(page.noTrouble(), []);
    await page.context().close();
  } finally {
    await registry.stop();
  }
});

test("a run that goes on shows how far it is, and is cancelled", async () => {
  const registry = await startRegistry(["--no-auth", "--set", "run.jobs=1"], ["--delay", "50"]);
  try {
    const ids = await fill(registry, "local", 1000);
    const start = { simulation_unit_test_set_id: ids.set };
    const made = await registry.send("POST", "local/simulation/unit_test_set_run", start);
    const page = await openRegistry(browser, registry, "#/local/runs/" + made.simulation_unit_test_set_run_id);
    assert.match(await page.locator(".facts").innerText(), /running[\s\S]*of 1000/);
    await page.locator("button", { hasText: "Cancel the run" }).click();
    await page.locator(".facts .status", { hasText: "errored" }).waitFor();
    assert.match(await page.locator(".facts").innerText(), /\D\d{1,3} of 1000/);
    assert.match(await page.locator("tbody").innerText(), /cancelled$/);
    assert.deepEqual(page.noTrouble(), []);
    await page.context().close();
  } finally {
    await registry.stop();
  }
});

async function enter(page, key, user = key.user_id) {
  await title(page, "Sign in");
  await page.fill("#organization", "acme");
  await page.fill("#user", user);
  await page.fill("#key", key.api_key);
  await page.locator("button", { hasText: "Sign in" }).click();
}

test("whoever has a key signs in, gets to where the address leads, and may do what the role permits", async () => {
  const registry = await startRegistry([]);
  try {
    const makeKey = (user, role) => registry.manage("key", "create", "--org", "acme", "--user", user, "--role", role);
    const editor = makeKey("ann", "editor");
    const reader = makeKey("rob", "reader");
    const headers = { "x-api-key": editor.api_key, "x-api-key-id": editor.api_key_id, "x-user-id": "ann" };
    const { id_token: token } = await registry.send("POST", "acme/user/signin_with_api_key", undefined, headers);
    const send = (method, path, body) => registry.send(method, path, body, { Authorization: "Bearer " + token });
    const ids = await fill({ send }, "acme");
    const hash = "#/acme/scenarios/" + ids.scenario + "/edit";

    const page = await openRegistry(browser, registry, hash);
    await enter(page, editor, "somebody");
    await page.locator(".notice", { hasText: "The key is wrong or revoked" }).waitFor();
    await enter(page, reader);
    await title(page, "New version of Late delivery refund");
    assert.match(await page.locator("#account").innerText(), /rob at acme/);
    await page.fill("#field-objective", "Something else");
    await page.click("button.main[class*=press]");
    await page.locator(".notice", { hasText: "Your role does not permit this" }).waitFor();

    await page.locator("button", { hasText: "Sign out" }).click();
    await enter(page, editor);
    await title(page, "Scenarios");
    await page.goto(registry.url + "/" + hash);
    await title(page, "New version");
    assert.equal(await page.inputValue("#field-objective"), scenarioContent.objective);
    await page.fill("#field-objective", "Something else");
    await page.evaluate(() => {
      const kept = JSON.parse(sessionStorage.getItem("parley-session"));
      sessionStorage.setItem("parley-session", JSON.stringify({ ...kept, token: "ended" }));
    });
    await page.click("button.main");
    await page.locator("button", { hasText: "Sign in again" }).click();
    await enter(page, editor);
    await title(page, "New version");
    assert.equal(await page.inputValue("#field-objective"), "Something else");
    await page.click("button.main");
    await page.locator(".notice h2", { hasText: "Saved as version 3" }).waitFor();

    await page.goto(registry.url + "/#/other/scenarios");
    await page.locator(".notice", { hasText: "You are signed in to another organization" }).waitFor();
    assert.deepEqual(page.noTrouble(), []);
    assert.equal(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== "parley-theme").length),
      0,
    );
    await page.context().close();
  } finally {
    await registry.stop();
  }
});
