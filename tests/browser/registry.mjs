// The real `parley serve` on a free port with a database of its own, something in it, and its page in chromium.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAddress } from "./browser.mjs";

const program = process.env.PARLEY_PROGRAM;
const sampleAgent = process.env.PARLEY_AGENT;

// Until it says where it listens.
function start(command, args, folder) {
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("exit", (code) => reject(new Error(command + " ended with " + code + ": " + said)));
    child.stdout.on("data", (text) => {
      said += text;
      const listens = /listening on (\S+)\n/.exec(said);
      if (listens) resolve({ child, url: listens[1] });
    });
  });
}

function ended(child) {
  return new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.on("exit", resolve);
    child.kill("SIGTERM");
  });
}

// `flags` are those of `parley serve`, `agentFlags` those of the sample agent that it knows as `support`.
export async function startRegistry(flags = ["--no-auth"], agentFlags = []) {
  const folder = mkdtempSync(join(tmpdir(), "parley-page-"));
  const agent = await start(sampleAgent, ["--listen", "127.0.0.1:0", ...agentFlags], folder);
  writeFileSync(
    join(folder, "parley.yaml"),
    'agents:\n  support: {type: http, url: "' + agent.url + '", version: "1.0"}\n',
  );
  const args = ["serve", "--listen", "127.0.0.1:0", "--db", "registry.db", ...flags];
  const { child, url } = await start(program, args, folder);
  return {
    url,
    async send(method, path, body, headers = {}) {
      const reply = await fetch(url + "/v1/" + path, { method, headers, body: body && JSON.stringify(body) });
      const text = await reply.text();
      if (!reply.ok) throw new Error(method + " " + path + ": " + reply.status + " " + text);
      return text ? JSON.parse(text) : null;
    },
    // `parley <args>` on the same database; what it prints, as JSON.
    manage: (...args) =>
      JSON.parse(execFileSync(program, [...args, "--db", "registry.db"], { cwd: folder, encoding: "utf8" })),
    async stop() {
      await Promise.all([ended(child), ended(agent.child)]);
      rmSync(folder, { recursive: true });
    },
  };
}

export const scenarioContent = {
  objective: "Get a refund for the parcel that never came",
  instructions: "You ordered a lamp, number 4411, eight days ago.\nBe brief.\nDo not accept a voucher.",
  initial_message_type: "user-message",
  parley: {
    script: {
      replies: [
        "I want a refund for my order 4411, it never came.",
        { when: "refund id", say: "Thank you.", then: "end" },
      ],
      otherwise: "I just want my money back.",
    },
    evaluation: { checks: [{ mentions: "4411" }] },
  },
};

export async function makeScenario(registry, organization, name, tags = {}) {
  const body = { name, tags, initial_version: scenarioContent };
  return (await registry.send("POST", organization + "/simulation/scenario", body)).simulation_scenario_id;
}

// A scenario of two versions, a persona, a metric, a unit test and a set of `count` conversations; their ids.
export async function fill(registry, organization, count = 3) {
  const at = (path, body) => registry.send("POST", organization + "/" + path, body);
  const scenario = await makeScenario(registry, organization, "Late delivery refund", { team: "billing", smoke: null });
  const second = scenarioContent.instructions.replace("Be brief.", "Be brief and polite.") + "\nStay calm.";
  await at("simulation/scenario/" + scenario + "/version", { ...scenarioContent, instructions: second });
  const background = { background: "A regular customer.\nHas waited too long.", preferred_language: "eng" };
  const body = { name: "Angry regular", role: "customer", initial_version: background };
  const persona = (await at("simulation/persona", body)).simulation_persona_id;
  const metric = (await at("metric", { name: "polite", metric_value: { type: "boolean" } })).metric_id;
  const criterion = { name: "politeness", metric_id: metric, criterion: { type: "boolean", expected_value: true } };
  const test = (
    await at("simulation/unit_test", {
      name: "refund",
      description: "The agent refunds what never came",
      service_id: "support",
      scenario_id: scenario,
      persona_id: persona,
      success_criterions: [criterion],
    })
  ).simulation_unit_test_id;
  const entries = [{ unit_test_id: test, run_count: count }];
  const set = (await at("simulation/unit_test_set", { name: "nightly", unit_test_runs: entries }))
    .simulation_unit_test_set_id;
  return { scenario, persona, metric, test, set };
}

export async function latestVersion(registry, organization, scenario) {
  const page = await registry.send(
    "GET",
    organization + "/simulation/scenario/" + scenario + "/version?version=latest",
  );
  return page.simulation_scenario_versions[0];
}

// The page at `hash`, once it has been drawn. A refusal of the server is no trouble: the page tells it.
export async function openRegistry(browser, registry, hash = "", options = {}) {
  const page = await openAddress(
    browser,
    registry.url + "/" + hash,
    new RegExp("^(data:|" + registry.url + "/)"),
    options,
  );
  page.noTrouble = () => page.trouble.filter((said) => !/responded with a status of 4/.test(said));
  await drawn(page);
  return page;
}

export function drawn(page) {
  return page.locator("main:not([aria-busy]) h1").waitFor();
}
