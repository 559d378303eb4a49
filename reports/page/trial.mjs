// One trial: what came of it, its criteria, its plots and its transcript.
import { cost, counted, duration, el } from "./text.mjs";
import { detailOf } from "./data.mjs";
import { criteriaOf, criteriaTable } from "./criteria.mjs";
import { assistantPrompt, copyButton, trialJson } from "./copy.mjs";
import { turnPlot } from "./plots.mjs";
import { formatRoute } from "./route.mjs";
import { transcriptView } from "./transcript.mjs";

function usedText(used) {
  const parties = Object.entries(used ?? {});
  const tokens = parties.reduce((sum, [, one]) => sum + one.input_tokens + one.output_tokens, 0);
  const priced = parties.filter(([, one]) => one.cost !== undefined);
  if (tokens === 0) return "";
  return (
    counted(tokens, "token") + (priced.length ? ", " + cost(priced.reduce((sum, [, one]) => sum + one.cost, 0)) : "")
  );
}

function factLine(attempt, detail) {
  const interactions = detail?.transcript.interactions;
  return [
    interactions === undefined ? "" : counted(interactions, "interaction"),
    duration(attempt.ms),
    usedText(attempt.used),
    "seed " + attempt.seed,
  ]
    .filter(Boolean)
    .join(" · ");
}

function costOf(time) {
  const amounts = [time.agent_used?.cost, time.user_used?.cost].filter((one) => one !== undefined);
  return amounts.length ? amounts.reduce((a, b) => a + b, 0) : undefined;
}

function plots(detail, route) {
  const times = detail.transcript.turn_times;
  const costs = times
    .map((time) => ({ turn: time.turn, value: costOf(time) }))
    .filter((bar) => bar.value !== undefined);
  const bars = times.map((time) => ({ turn: time.turn, value: time.agent_us / 1000 }));
  return el(
    "div",
    { class: "plots" },
    turnPlot("Latency of each turn", bars, duration, route),
    turnPlot("Cost of each turn", costs, cost, route),
  );
}

function buttons(cell, attempt, detail) {
  return el(
    "div",
    { class: "buttons" },
    copyButton("Copy command", cell.again),
    copyButton("Copy JSON", () => trialJson(cell, attempt, detail)),
    copyButton("Copy prompt for an assistant", () => assistantPrompt(cell, attempt, detail)),
  );
}

function head(attempt, detail) {
  const name = "Trial " + attempt.trial + (attempt.attempt > 1 ? ", attempt " + attempt.attempt : "");
  return el(
    "div",
    { class: "trial-head" },
    el(
      "h3",
      {},
      el("i", { class: "t-" + attempt.letter.toLowerCase().replace("-", "n"), "aria-hidden": "true" }, attempt.letter),
      " ",
      name,
      " ",
      el("span", { class: "word" }, attempt.word),
    ),
    attempt.why
      ? el("p", { class: "why", dir: "auto" }, (attempt.outcome === "failed" ? "Not met: " : "") + attempt.why)
      : null,
    el("p", { class: "facts-line" }, factLine(attempt, detail)),
  );
}

function body(detail, route) {
  const criteria = criteriaOf(detail);
  const toTurn = (turn) => formatRoute({ ...route, turn });
  return [
    el("h4", {}, "Criteria"),
    criteriaTable(detail, toTurn),
    plots(detail, route),
    el("h4", {}, "Transcript"),
    detail.transcript.messages.length
      ? transcriptView(detail, criteria, { turn: route.turn, toTurn })
      : el("p", { class: "none" }, "Nothing was said."),
  ];
}

export async function trialView(cell, attempt, route) {
  const detail = await detailOf(cell, attempt);
  const missing = detail instanceof Error ? detail.message : detail === null ? "This trial was not held." : "";
  return el(
    "section",
    { class: "trial", "aria-label": "Trial " + attempt.trial },
    head(attempt, missing ? null : detail),
    buttons(cell, attempt, missing ? null : detail),
    missing ? el("p", { class: "none" }, missing) : body(detail, route),
  );
}
