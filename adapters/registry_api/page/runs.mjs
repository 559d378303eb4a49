// The list of runs.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { findAll } from "./names.mjs";
import { byWhom } from "./parts.mjs";
import { badge, plannedOf, progressBar, progressOf, stateOf } from "./run_state.mjs";

// Words of the address, and what the server calls them.
const states = [
  ["", "all", []],
  ["running", "running", [["is_completed", "false"]]],
  ["failed", "failed", [["failed_metrics", "true"]]],
  ["errored", "errored", [["errored", "true"]]],
  [
    "passed",
    "passed",
    [
      ["is_completed", "true"],
      ["failed_metrics", "false"],
      ["errored", "false"],
    ],
  ],
];

export function runQuery(given) {
  const set = given.get("set") ? [["simulation_unit_test_set_id", given.get("set")]] : [];
  return [...set, ...(states.find(([word]) => word === given.get("state"))?.[2] ?? [])];
}

export function runFilters(address, go, changed) {
  const select = el(
    "select",
    { id: "state", onchange: () => go(changed(address, { state: select.value })) },
    states.map(([value, text]) => el("option", { value }, text)),
  );
  select.value = address.query.get("state") ?? "";
  const all = address.query.get("set")
    ? el("a", { class: "tag chosen", href: addressOf(changed(address, { set: "" })) }, "one set ×")
    : null;
  return el("span", {}, el("label", { for: "state" }, "State"), " ", select, " ", all);
}

export async function runRows(address, runs, signal) {
  const { organization } = address;
  const sets = await findAll(
    organization,
    "sets",
    runs.map((run) => run.simulation_unit_test_set_id),
    signal,
  );
  const rows = runs.map((run) => {
    const set = sets.get(run.simulation_unit_test_set_id);
    return [
      el("a", { href: addressOf({ ...address, id: run.id, query: "" }) }, set?.name ?? "run " + run.id),
      badge(stateOf(run)),
      run.is_completed ? plannedOf(run) : progressBar("conversations that have ended", progressOf(run)),
      byWhom(run.created_at, run.creator),
    ];
  });
  return { columns: ["Set", "State", "Conversations", "Started"], rows };
}
