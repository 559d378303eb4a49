// How a run stands, from what the server tells of it.
import { el } from "../../../reports/page/text.mjs";

// `style` is one of the report's: a letter, and a colour beside it.
export function stateOf(run) {
  if (!run.is_completed) return { word: "running", letter: "…", style: "not_run" };
  if (run.failed_metrics) return { word: run.errored ? "failed, with errors" : "failed", letter: "F", style: "failed" };
  if (run.errored) return { word: "errored", letter: "E", style: "errored" };
  return { word: "passed", letter: "P", style: "passed" };
}

export function badge({ word, letter, style }) {
  return el(
    "span",
    { class: "status s-" + style },
    el("i", { "aria-hidden": "true" }, letter),
    " ",
    el("span", { class: "word" }, word),
  );
}

// Conversations of one unit test that have ended: each has an error, or a result of every criterion.
export function endedOf(spec, result) {
  const judged = result.metric_evaluation_results.map((metric) => metric.results.length);
  return Math.min(spec.run_count, result.run_errors.length + (judged.length ? Math.min(...judged) : 0));
}

export function plannedOf(run) {
  return run.unit_test_run_specs.reduce((sum, spec) => sum + spec.run_count, 0);
}

// The report knows what was held; of a run that was cancelled that is not everything.
export function progressOf(run, report) {
  const specs = run.unit_test_run_specs;
  const total = plannedOf(run);
  if (report) return { ended: report.cells.reduce((sum, cell) => sum + cell.trials.length, 0), total };
  const ended = specs.reduce((sum, spec, at) => sum + endedOf(spec, run.unit_test_run_results[at]), 0);
  return { ended, total };
}

export function progressBar(label, { ended, total }) {
  return el(
    "span",
    { class: "progress" },
    el("progress", { max: Math.max(total, 1), value: ended, "aria-label": label }),
    " ",
    ended + " of " + total,
  );
}
