// Unit tests, and the sets in which they are run.
import { counted, el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { ask } from "./api.mjs";
import { kinds } from "./kinds.mjs";
import { findAll, findOne, linkTo } from "./names.mjs";
import { announce, button, byWhom, changeLinks, crumbs, facts, notice, refusalText, table, tagLinks } from "./parts.mjs";
import { notThere } from "./versions.mjs";

function nameCell(address, object) {
  return [
    el("a", { href: addressOf({ ...address, id: object.id, query: "" }) }, object.name),
    object.description ? el("span", { class: "why", dir: "auto" }, object.description) : null,
  ];
}

export async function testRows(address, tests, signal) {
  const { organization } = address;
  const [scenarios, personas] = await Promise.all([
    findAll(
      organization,
      "scenarios",
      tests.map((test) => test.scenario_id),
      signal,
    ),
    findAll(
      organization,
      "personas",
      tests.map((test) => test.persona_id),
      signal,
    ),
  ]);
  const rows = tests.map((test) => [
    nameCell(address, test),
    linkTo(organization, "scenarios", test.scenario_id, scenarios),
    linkTo(organization, "personas", test.persona_id, personas),
    el("span", { dir: "auto" }, test.service_id),
    tagLinks(test, address) ?? "",
  ]);
  return { columns: ["Name", "Scenario", "Persona", "Agent", "Tags"], rows };
}

function conversations(set) {
  return set.unit_test_runs.reduce((sum, entry) => sum + entry.run_count, 0);
}

export async function setRows(address, sets) {
  const rows = sets.map((set) => [
    nameCell(address, set),
    counted(set.unit_test_runs.length, "unit test"),
    counted(conversations(set), "conversation"),
    byWhom(set.updated_at, set.updated_by),
  ]);
  return { columns: ["Name", "Holds", "A run has", "Changed"], rows };
}

// "polite: true", "tone: one of calm, warm", "score: >= 4"
export function criterionText({ type, expected_value, verb, threshold, expected_values }) {
  if (type === "boolean") return String(expected_value);
  if (type === "numerical") return verb + " " + threshold;
  return "one of " + expected_values.join(", ");
}

function criteria(test, metrics) {
  return table(
    "Success criteria",
    ["Criterion", "Metric", "Must be"],
    test.success_criterions.map((one) => [
      one.name,
      [
        metrics.get(one.metric_id)?.name ?? one.metric_id,
        metrics.get(one.metric_id)?.description
          ? el("span", { class: "why", dir: "auto" }, metrics.get(one.metric_id).description)
          : null,
      ],
      criterionText(one.criterion),
    ]),
  );
}

// #/acme/tests/ID
export async function testView(address, { signal }) {
  const { organization } = address;
  const test = await findOne(organization, "tests", address.id, signal);
  if (!test) return notThere(address);
  const [scenarios, personas, metrics, sets] = await Promise.all([
    findAll(organization, "scenarios", [test.scenario_id], signal),
    findAll(organization, "personas", [test.persona_id], signal),
    findAll(
      organization,
      "metrics",
      test.success_criterions.map((one) => one.metric_id),
      signal,
    ),
    ask(organization, "GET", kinds.sets.path, { query: { unit_test_id: test.id, is_deleted: false }, signal }),
  ]);
  const inSets = sets[kinds.sets.list].map((set) => [
    linkTo(organization, "sets", set.id, new Map([[set.id, set]])),
    " ",
  ]);
  return {
    title: test.name,
    nodes: [
      crumbs(address, kinds.tests.title),
      el("h1", { tabindex: "-1", dir: "auto" }, test.name),
      test.is_deleted ? notice("Deleted", el("p", {}, "It can no longer be run.")) : null,
      test.description ? el("p", { class: "prose", dir: "auto" }, test.description) : null,
      facts([
        ["Scenario", linkTo(organization, "scenarios", test.scenario_id, scenarios)],
        ["Persona", linkTo(organization, "personas", test.persona_id, personas)],
        ["Agent", test.service_id],
        ["Version set", test.service_version_set_name],
        ["At most", counted(test.max_interactions, "interaction")],
        ["In sets", inSets.length ? inSets : "none"],
        ["Changed", byWhom(test.updated_at, test.updated_by)],
        ["Id", el("code", {}, test.id)],
        ["Tags", tagLinks(test, address)],
      ]),
      test.is_deleted ? null : el("p", { class: "buttons" }, changeLinks(address)),
      el("h2", {}, "Success criteria"),
      criteria(test, metrics),
    ],
  };
}

function starter(address, signal) {
  const told = el("div", { class: "told" });
  const start = button(
    "Start a run",
    async () => {
      start.disabled = true;
      try {
        const body = { simulation_unit_test_set_id: address.id };
        const made = await ask(address.organization, "POST", kinds.runs.path, { body, signal });
        location.hash = addressOf({ ...address, kind: "runs", id: made.simulation_unit_test_set_run_id, query: "" });
      } catch (error) {
        start.disabled = false;
        if (error.name === "AbortError") return;
        told.replaceChildren(notice("It was not started", el("p", {}, refusalText(error))));
        announce(told.textContent);
      }
    },
    { class: "press main" },
  );
  const runs = addressOf({ ...address, kind: "runs", id: "", query: { set: address.id } });
  return [el("p", { class: "buttons" }, start, el("a", { class: "press", href: runs }, "Its runs"), changeLinks(address)), told];
}

// #/acme/sets/ID
export async function setView(address, { signal }) {
  const { organization } = address;
  const set = await findOne(organization, "sets", address.id, signal);
  if (!set) return notThere(address);
  const tests = await findAll(
    organization,
    "tests",
    set.unit_test_runs.map((entry) => entry.unit_test_id),
    signal,
  );
  return {
    title: set.name,
    nodes: [
      crumbs(address, kinds.sets.title),
      el("h1", { tabindex: "-1", dir: "auto" }, set.name),
      set.description ? el("p", { class: "prose", dir: "auto" }, set.description) : null,
      facts([
        ["A run has", counted(conversations(set), "conversation")],
        ["Changed", byWhom(set.updated_at, set.updated_by)],
        ["Id", el("code", {}, set.id)],
        ["Tags", tagLinks(set, address)],
      ]),
      set.is_deleted ? notice("Deleted", el("p", {}, "It can no longer be run.")) : starter(address, signal),
      el("h2", {}, "Unit tests"),
      table(
        "Unit tests of the set",
        ["Unit test", "Conversations"],
        set.unit_test_runs.map((entry) => [linkTo(organization, "tests", entry.unit_test_id, tests), entry.run_count]),
      ),
    ],
  };
}
