// One run: how far it is, what came of each unit test, and the conversations: #/acme/runs/ID?test=1&trial=2
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { ask } from "./api.mjs";
import { kinds } from "./kinds.mjs";
import { findAll, findOne, linkTo } from "./names.mjs";
import { announce, button, byWhom, crumbs, facts, notice, refusalText, table } from "./parts.mjs";
import { reportOf, trialStrip, trialView } from "./report.mjs";
import { badge, endedOf, progressBar, progressOf, stateOf } from "./run_state.mjs";
import { notThere } from "./versions.mjs";

const pollEvery = 2000; // ms, while it goes on

async function namesOf(organization, run, signal) {
  const specs = run.unit_test_run_specs;
  const of = (kind, ids) => findAll(organization, kind, ids, signal);
  const [sets, tests, scenarios, personas, metrics] = await Promise.all([
    of("sets", [run.simulation_unit_test_set_id]),
    of(
      "tests",
      specs.map((spec) => spec.unit_test_id),
    ),
    of(
      "scenarios",
      specs.map((spec) => spec.scenario_version_info[0]),
    ),
    of(
      "personas",
      specs.map((spec) => spec.persona_version_info[0]),
    ),
    of(
      "metrics",
      specs.flatMap((spec) => spec.metrics_to_evaluate),
    ),
  ]);
  return { sets, tests, scenarios, personas, metrics };
}

function pinned(organization, kind, [id, version], found) {
  const href = addressOf({ organization, kind, id, query: { version } });
  return el("a", { href, dir: "auto" }, (found.get(id)?.name ?? id) + ", version " + version);
}

// How often each criterion was met.
function verdicts(result, metrics) {
  return el(
    "ul",
    { class: "plain-list" },
    result.metric_evaluation_results.map(({ metric_id, results }) => {
      const met = results.filter(([, passed]) => passed).length;
      const name = metrics.get(metric_id)?.name ?? metric_id;
      return el(
        "li",
        {},
        el("span", { dir: "auto" }, name),
        results.length ? ": met " + met + " of " + results.length : ": no verdict",
      );
    }),
  );
}

// The same error of many conversations is told once.
function errors(result) {
  const times = new Map();
  for (const error of result.run_errors) times.set(error, (times.get(error) ?? 0) + 1);
  if (times.size === 0) return "none";
  return el(
    "ul",
    { class: "plain-list" },
    [...times].map(([error, count]) => el("li", { dir: "auto" }, (count > 1 ? count + "× " : "") + error)),
  );
}

function testTable(address, run, names, report) {
  const { organization } = address;
  const rows = run.unit_test_run_specs.map((spec, at) => {
    const result = run.unit_test_run_results[at];
    const cell = report?.cells[at];
    const ended = endedOf(spec, result);
    return [
      [
        linkTo(organization, "tests", spec.unit_test_id, names.tests),
        el(
          "span",
          { class: "why" },
          pinned(organization, "scenarios", spec.scenario_version_info, names.scenarios),
          el("br"),
          pinned(organization, "personas", spec.persona_version_info, names.personas),
        ),
      ],
      cell
        ? trialStrip(address, at, cell, chosenTrial(address, at, cell))
        : progressBar("conversations of this unit test", { ended, total: spec.run_count }),
      verdicts(result, names.metrics),
      errors(result),
    ];
  });
  return table("Unit tests of the run", ["Unit test", "Conversations", "Criteria", "Errors"], rows);
}

function chosenTrial(address, test, cell) {
  if (address.query.get("test") !== String(test)) return undefined;
  return cell.trials.find((trial) => String(trial.trial) === address.query.get("trial"));
}

// The server tells ids; the report knows the names, and until it is there the unit tests do.
function agents(run, report, tests) {
  const told = run.unit_test_run_specs.map((spec, at) => {
    const [id, version] = spec.agent_version_info;
    return (
      (report?.cells[at]?.agent ?? tests.get(spec.unit_test_id)?.service_id ?? id) +
      (version ? ", version " + version : "")
    );
  });
  return [...new Set(told)].join("; ");
}

function conversation(address, run, names, report) {
  const test = Number(address.query.get("test") ?? -1);
  const cell = report?.cells[test];
  const trial = cell && chosenTrial(address, test, cell);
  if (!trial) return null;
  const id = run.unit_test_run_specs[test].unit_test_id;
  return trialView(address, test, names.tests.get(id)?.name ?? id, trial);
}

function controls(address, run, link, refresh, told) {
  const cancel = button("Cancel the run", async () => {
    cancel.disabled = true;
    const path = kinds.runs.path + "/" + run.id;
    await ask(address.organization, "DELETE", path)
      .then(refresh)
      .catch((error) => told.replaceChildren(notice("It was not cancelled", el("p", {}, refusalText(error)))));
  });
  if (!run.is_completed) return el("p", { class: "buttons" }, cancel);
  return link
    ? el(
        "p",
        { class: "buttons" },
        el("a", { class: "press", href: link, download: "run-" + run.id + ".json" }, "Download the report (JSON)"),
      )
    : null;
}

// The report is there once the run has ended; a report that cannot be read is told, and the rest is shown.
async function reportIfThere(address, run, told, signal) {
  if (!run.artifacts_generated) return {};
  try {
    return await reportOf(address.organization, run, signal);
  } catch (error) {
    if (error.name === "AbortError" || error.status === 401) throw error;
    told.replaceChildren(notice("The conversations cannot be shown", el("p", {}, refusalText(error))));
    return {};
  }
}

// What is drawn anew while somebody stands in it gives the focus to what is in the same place.
function keepingFocus(body, redraw) {
  const reachable = () => [...body.querySelectorAll("a, button")];
  const place = reachable().indexOf(document.activeElement);
  redraw();
  if (place >= 0) reachable()[place]?.focus({ preventScroll: true });
}

export async function runView(address, { signal }) {
  let run = await findOne(address.organization, "runs", address.id, signal);
  if (!run) return notThere(address);
  const names = await namesOf(address.organization, run, signal);
  const title = "Run of " + (names.sets.get(run.simulation_unit_test_set_id)?.name ?? run.simulation_unit_test_set_id);
  const body = el("div", {});
  const told = el("div", { class: "told" });

  const draw = async () => {
    const { report, link } = await reportIfThere(address, run, told, signal);
    keepingFocus(body, () =>
      body.replaceChildren(
        ...[
          facts([
            ["State", badge(stateOf(run))],
            ["Conversations", progressBar("conversations that have ended", progressOf(run, report))],
            ["Set", linkTo(address.organization, "sets", run.simulation_unit_test_set_id, names.sets)],
            ["Agent", agents(run, report, names.tests)],
            ["Started", byWhom(run.created_at, run.creator)],
          ]),
          controls(address, run, link, refresh, told),
          testTable(address, run, names, report),
          conversation(address, run, names, report),
        ].filter(Boolean),
      ),
    );
  };
  const refresh = async () => {
    const before = JSON.stringify(run);
    run = await findOne(address.organization, "runs", address.id, signal);
    if (JSON.stringify(run) !== before) await draw();
    if (run.is_completed) announce("The run has ended: " + stateOf(run).word);
    else later();
  };
  // A refusal while waiting shows itself with the next thing the reader does.
  const later = () => setTimeout(() => signal.aborted || refresh().catch(() => signal.aborted || later()), pollEvery);
  await draw();
  if (!run.is_completed) later();
  const turn = address.query.get("turn");
  return {
    title,
    nodes: [crumbs(address, kinds.runs.title), el("h1", { tabindex: "-1", dir: "auto" }, title), told, body],
    focus: turn !== null ? "turn-" + turn : address.query.get("trial") ? "trial-title" : undefined,
  };
}
