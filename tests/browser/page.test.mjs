// The HTML page as a reader uses it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, shownRows, startBrowser } from "./browser.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(async () => browser?.close());

async function using(file, options, use) {
  const page = await openPage(browser, file, options);
  try {
    await use(page).catch((error) => {
      throw page.trouble.length ? new Error(page.trouble.join("\n"), { cause: error }) : error;
    });
    assert.deepEqual(page.trouble, []);
  } finally {
    await page.context().close();
  }
}

const failedCell = "orders/lost-parcel@angry-regular";

for (const file of ["night.html", "everything.html", "hostile.html", "moved.html", "separate #1: 100%.html", "compared.html"])
  test(file + " opens from the disk, without an error and without the network", () =>
    using(file, {}, async (page) => {
      await page.locator("body.scripted").waitFor();
      assert.ok((await shownRows(page).count()) > 0);
      assert.equal(await page.locator("#plain").count(), 0);
    }),
  );

test("the verdict and every unit test can be read without script", () =>
  using("night.html", { javaScriptEnabled: false }, async (page) => {
    assert.match(await page.locator("h1").innerText(), /^FAILED\s+\d+ of 40 unit tests failed$/);
    assert.equal(await shownRows(page).count(), 40);
    assert.equal(await page.locator("#cells tbody tr td.status").first().innerText(), "F failed");
    assert.ok(await page.locator(".why").first().isVisible());
    await page.locator("#plain summary").first().click();
    assert.match(await page.locator("#plain pre").first().innerText(), /not met .*mentions "49\.90 EUR"[\s\S]*1 user/);
  }));

test("what failed comes first", () =>
  using("everything.html", {}, async (page) => {
    const words = await page.locator("#cells tbody .status span").allInnerTexts();
    assert.deepEqual(words, [
      "failed",
      "errored",
      "errored",
      "errored",
      "flaky",
      "quarantined",
      "not run",
      "passed",
      "passed",
      "skipped",
    ]);
  }));

test("a typed filter stands in the address, and an address filters", () =>
  using("night.html", {}, async (page) => {
    await page.fill("#filter-text", "s:failed persona:angry");
    const left = await shownRows(page).count();
    assert.ok(left > 0 && left < 40);
    assert.equal(new URL(page.url()).hash, "#?q=s:failed+persona:angry");
    assert.equal(await page.locator("#filter output").innerText(), left + " of 40 unit tests");
    await page.reload();
    assert.equal(await page.inputValue("#filter-text"), "s:failed persona:angry");
    assert.equal(await shownRows(page).count(), left);
    await page.evaluate(() => (location.hash = "#?q=s:passed"));
    await page.waitForFunction(() => document.getElementById("filter-text").value === "s:passed");
    assert.equal(await page.locator("#cells tbody tr.s-failed:not([hidden])").count(), 0);
  }));

for (const file of ["night.html", "everything.html"])
  test("every counter of " + file + " is a link to what it counts", () =>
    using(file, {}, async (page) => {
      for (const counter of await page.locator(".counters a").all()) {
        const count = Number(await counter.locator("b").innerText());
        await counter.click();
        await page.waitForFunction((link) => link.getAttribute("aria-current") === "true", await counter.elementHandle());
        assert.equal(await shownRows(page).count(), count, await counter.innerText());
      }
    }));

test("an address leads to a turn", () =>
  using("night.html", { hash: "#?t=" + failedCell + "&trial=3&turn=4" }, async (page) => {
    await page.locator("#turn-4.chosen").waitFor();
    assert.match(await page.locator(".trial h3").innerText(), /Trial 3/);
    assert.ok(await page.locator("#turn-4").evaluate((turn) => turn === document.activeElement));
    const top = (await page.locator("#turn-4").boundingBox()).y;
    assert.ok(top >= 0 && top < 900, "turn 4 is " + top + " px from the top");
    await page.locator('.criteria a:has-text("turn")').first().click();
    await page.waitForFunction(() => document.querySelector(".turn.chosen").id !== "turn-4");
  }));

test("a failed unit test opens at the trial that explains it", () =>
  using("night.html", { hash: "#?t=" + failedCell }, async (page) => {
    await page.locator(".trial").waitFor();
    assert.match(await page.locator(".trial h3").innerText(), /failed/);
    assert.equal(await page.locator(".criteria tbody tr").first().locator(".verdict").innerText(), "✗ not met");
    await page.locator("nav.strip a").nth(4).click();
    await page.waitForFunction(() => document.querySelector(".trial h3").innerText.includes("Trial 5"));
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector(".trial h3").innerText.includes("Trial 5"));
  }));

test("a letter in the table opens its trial, the rest of the row its unit test", () =>
  using("night.html", {}, async (page) => {
    const row = page.locator("#cells tbody tr.s-failed").first();
    await row.locator(".strip i").nth(3).click();
    await page.waitForFunction(() => document.querySelector(".trial h3")?.innerText.includes("Trial 4"));
    await page.goBack();
    await row.locator(".time").click();
    await page.locator(".trial h3").waitFor();
    assert.doesNotMatch(page.url(), /trial=/);
  }));

test("a retried trial shows its earlier attempt", () =>
  using("everything.html", { hash: "#?t=refunds/lost-parcel@angry-regular" }, async (page) => {
    await page.locator("nav.strip a").first().click();
    await page.waitForFunction(() => document.querySelector(".trial .why").innerText.includes("refused"));
    assert.match(page.url(), /trial=1&attempt=1/);
  }));

test("the keyboard finds, moves, opens and returns", () =>
  using("night.html", {}, async (page) => {
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "filter-text");
    await page.keyboard.type("s:failed");
    await page.locator("body").click({ position: { x: 5, y: 400 } });
    const row = () => page.evaluate(() => document.activeElement.closest("tr")?.id.slice(2) ?? null);
    await page.keyboard.press("j");
    const first = await row();
    await page.keyboard.press("j");
    const second = await row();
    assert.notEqual(first, second);
    await page.keyboard.press("k");
    assert.equal(await row(), first);
    await page.keyboard.press("Enter");
    await page.locator(".trial").waitFor();
    await page.keyboard.press("j");
    await page.waitForFunction((id) => location.hash.includes(encodeURI(id)), second);
    await page.keyboard.press("Escape");
    await page.locator("#list:not([hidden])").waitFor();
    assert.equal(await row(), second);
    assert.equal(await page.inputValue("#filter-text"), "s:failed");
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue("#filter-text"), "");
  }));

test("a trial can be taken away as command, JSON and question", () =>
  using("night.html", { hash: "#?t=" + failedCell + "&trial=1" }, async (page) => {
    for (const name of ["Copy command", "Copy JSON", "Copy prompt for an assistant"])
      await page.getByRole("button", { name }).click();
    const [command, json, prompt] = await page.evaluate(() => window.copied);
    assert.equal(command, "parley run '" + failedCell + "' --seed 1 -P nightly --trials 5");
    const trial = JSON.parse(json);
    assert.equal(trial.id, failedCell);
    assert.ok(trial.transcript.messages.length > 3);
    assert.equal(trial.evaluation.checks[0].check, "mentions");
    assert.match(prompt, /\[turn 1\] user: /);
    assert.match(prompt, /\n- not met: mentions "/);
    assert.match(prompt, /Objective of the simulated user: Get a refund/);
  }));

test("hostile text is shown and never runs", () =>
  using("hostile.html", {}, async (page) => {
    const ids = await page.evaluate(() => [...document.querySelectorAll("#cells tbody tr")].map((row) => row.id));
    assert.equal(ids.length, 3);
    for (let place = 0; place < ids.length; ++place) {
      await page.locator("#cells tbody tr a").nth(place).click();
      await page.locator(".trial .turns").waitFor();
      for (const details of await page.locator("#cell details").all())
        await details.evaluate((one) => (one.open = true));
      assert.match(await page.locator(".said p").first().innerText(), /<\/script><script>window\.attacked=1/);
      await page.getByRole("button", { name: "Copy prompt" }).click();
      assert.equal(await page.locator("#cell img, #cell script, #cell iframe, #cell a[href^='javascript']").count(), 0);
      await page.goBack();
      await page.locator("#list:not([hidden])").waitFor();
    }
    await page.fill("#filter-text", "<img src=x onerror=window.attacked=20>");
    assert.equal(await page.evaluate(() => window.attacked), undefined);
  }));

test("conversations beside the page are loaded when they are read, and missed when they are gone", () =>
  using("moved.html", {}, async (page) => {
    assert.match(await page.locator(".notice code").first().innerText(), /^moved\.files$/);
    await page.locator("#cells tbody tr.s-passed a").last().click();
    await page.locator(".trial .turn").first().waitFor();
    assert.ok((await page.locator(".trial .turn").count()) > 1);
    const alone = await openPage(browser, "alone/moved.html");
    await alone.locator("#cells tbody tr.s-passed a").last().click();
    await alone.getByText("is missing beside this page").waitFor();
    await alone.context().close();
  }));

test("light and dark can be chosen by hand", () =>
  using("night.html", { colorScheme: "light" }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.selectOption("#theme", "dark");
    const dark = await paper();
    assert.notEqual(light, dark);
    await page.reload();
    assert.equal(await paper(), dark);
    await page.selectOption("#theme", "auto");
    assert.equal(await paper(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await paper(), dark);
  }));

test("the compare view says what got worse and why", () =>
  using("compared.html", {}, async (page) => {
    assert.ok(await page.locator("#compare").isVisible());
    assert.ok((await page.locator("#compare tr.w-new-fail").count()) > 0);
    await page.locator("#compare tr.w-new-fail a").first().click();
    await page.getByText("Against the baseline new-fail").waitFor();
    await page.goBack();
    await page.fill("#filter-text", "c:new-fail");
    assert.equal(await shownRows(page).count(), await page.locator("#compare tr.w-new-fail").count());
  }));

test("an address that names what is not there is answered", () =>
  using("night.html", { hash: "#?t=orders/nothing@nobody" }, async (page) => {
    const absent = page.locator(".absent");
    await page.getByText("There is no unit test orders/nothing@nobody in this run.").waitFor();
    assert.ok(await page.locator("#list").isVisible());
    const visit = async (rest, words) => {
      await page.evaluate((hash) => (location.hash = hash), "#?t=" + failedCell + rest);
      await page.waitForFunction((text) => document.querySelector(".absent").innerText.includes(text), words);
      assert.ok(await page.locator(".trial").isVisible());
    };
    await visit("&trial=99", "There is no trial 99");
    await visit("&trial=1&attempt=7", "There is no attempt 7");
    await visit("&trial=1&turn=99", "There is no turn 99");
    await page.evaluate((hash) => (location.hash = hash), "#?t=" + failedCell + "&trial=1&turn=1");
    await page.waitForFunction(() => document.querySelector(".absent").hidden);
    assert.equal(await absent.isVisible(), false);
  }));

test("a filter that cannot fit anything says why", () =>
  using("night.html", {}, async (page) => {
    await page.fill("#filter-text", "s:bogus");
    assert.match(await page.locator("#filter output").innerText(), /^0 of 40 unit tests; no status is called bogus/);
  }));

test("with a baseline a row says whether it fails the run", () =>
  using("compared.html", {}, async (page) => {
    const failed = page.locator("#cells tbody tr.s-failed");
    assert.ok((await failed.count()) > 0);
    assert.equal(await failed.locator(".gate").count(), await failed.count());
    assert.match(await page.locator("#cells .gate:not(.no)").first().innerText(), /^fails the run: (new-fail|worse)$/);
    assert.match(await page.locator("#cells .gate.no").first().innerText(), /^does not fail the run: /);
    assert.equal(await page.locator("#compare thead").first().locator("th").last().innerText(), "Corrected p");
    const diff = page.locator("#compare .diff").first();
    assert.doesNotMatch(await diff.evaluate((one) => one.textContent), /\n\n/);
    assert.equal(
      await diff.evaluate((one) =>
        [...one.querySelectorAll("del, ins")].some((line) => line.nextSibling?.nodeValue?.startsWith("\n")),
      ),
      false,
    );
  }));
