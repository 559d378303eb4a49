// The report of a run: its conversations, and what was judged of them.
import { counted, duration, el } from "../../../reports/page/text.mjs";
import { criteriaOf, criteriaTable } from "../../../reports/page/criteria.mjs";
import { transcriptView } from "../../../reports/page/transcript.mjs";
import { ask, askLink, linkPath } from "./api.mjs";
import { addressOf } from "./address.mjs";
import { kinds } from "./kinds.mjs";

let kept = { id: "" }; // the report that was read last: large, and the same for every trial of its run

// {report, link}. `link` needs no credentials and ends after a while.
export async function reportOf(organization, run, signal) {
  const path = kinds.runs.path + "/" + run.id + "/artifacts";
  const { presigned_url: url } = await ask(organization, "GET", path, { signal });
  if (kept.id !== run.id) kept = { id: run.id, report: await askLink(url, signal) };
  return { report: kept.report, link: linkPath(url) };
}

const letters = { passed: ["P", "passed"], failed: ["F", "failed"] };
const stateOfTrial = (trial) => letters[trial.outcome] ?? ["E", "errored"];
const wordsOf = (outcome) => outcome.replaceAll("_", " ");

// One square for each conversation; the chosen one is marked.
export function trialStrip(address, test, cell, chosen) {
  return el(
    "nav",
    { class: "strip trials", "aria-label": "Conversations of " + cell.scenario.name },
    cell.trials.map((trial) => {
      const [letter, style] = stateOfTrial(trial);
      const name = "conversation " + trial.trial + ": " + wordsOf(trial.outcome);
      return el(
        "a",
        {
          class: "s-" + style,
          title: name,
          "aria-current": trial === chosen ? "true" : undefined,
          href: addressOf({ ...address, query: { test, trial: trial.trial } }),
        },
        el("small", {}, trial.trial),
        el("b", { "aria-hidden": "true" }, letter),
        el("span", { class: "unseen" }, " " + wordsOf(trial.outcome)),
      );
    }),
  );
}

// The report's form of what was judged, as the tables of the HTML report take it.
function detailOf(trial) {
  return {
    transcript: trial.transcript,
    judged: {
      scored: true,
      actions: trial.action_checks.map((one) => ({ ...one, match: one.action_match })),
      checks: trial.checks.map((one) => ({ ...one, turn: one.turn ?? undefined, expected: "" })),
      nl_assertions: trial.nl_assertions.map((one) => ({ ...one, assertion: one.nl_assertion })),
      metrics: trial.metrics,
    },
  };
}

// `name` is that of the unit test.
export function trialView(address, test, name, trial) {
  const detail = detailOf(trial);
  const toTurn = (turn) => addressOf({ ...address, query: { test, trial: trial.trial, turn } });
  const turn = Number(address.query.get("turn") ?? -1);
  return el(
    "section",
    { class: "trial", "aria-labelledby": "trial-title" },
    el(
      "h2",
      { id: "trial-title", tabindex: "-1", dir: "auto" },
      name + ", conversation " + trial.trial,
      " ",
      el("span", { class: "word" }, wordsOf(trial.outcome)),
    ),
    el(
      "p",
      { class: "facts-line" },
      [counted(trial.transcript?.interactions ?? 0, "interaction"), duration(trial.duration_ms)].join(" · "),
    ),
    trial.error ? el("p", { class: "why", dir: "auto" }, trial.error.type + ": " + trial.error.message) : null,
    el("h3", {}, "Criteria"),
    criteriaTable(detail, toTurn),
    el("h3", {}, "Transcript"),
    trial.transcript?.messages.length
      ? transcriptView(detail, criteriaOf(detail), { turn, toTurn })
      : el("p", { class: "none" }, "Nothing was said."),
  );
}
