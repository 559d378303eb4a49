// The criteria of a trial: what was expected, what was observed, and in which turn.
import { compact, el } from "./text.mjs";

const rank = { not_met: 0, undecided: 1, met: 2 };
const words = { not_met: "not met", undecided: "undecided", met: "met" };
const letters = { not_met: "✗", undecided: "?", met: "✓" };

const plain = ["nl_assertion", "metric"]; // what people wrote in sentences

function turnOfCall(messages, name) {
  return messages.find((m) => !m.history && (m.tool_calls ?? []).some((call) => call.name === name))?.turn;
}

function squeezed(text) {
  return String(text ?? "")
    .replace(/\s+/g, " ")
    .trim();
}

function turnOfQuote(messages, quote) {
  const wanted = squeezed(quote);
  if (wanted === "") return undefined;
  return messages.find((m) => !m.history && squeezed(m.content).includes(wanted))?.turn;
}

// {verdict, kind, text, evidence, turn, quote}, what is not met first.
export function criteriaOf(detail) {
  const judged = detail?.judged;
  if (!judged) return [];
  const messages = detail.transcript.messages;
  const all = [
    ...judged.actions.map((one) => ({
      verdict: one.match ? "met" : "not_met",
      kind: "action",
      text: one.name + " " + compact(one.arguments),
      evidence: one.evidence,
      turn: one.match ? turnOfCall(messages, one.name) : undefined,
    })),
    ...judged.checks.map((one) => ({
      verdict: one.verdict,
      kind: one.check,
      text: (one.name ? one.name + ": " : "") + one.expected,
      evidence: one.evidence,
      turn: one.turn,
    })),
    ...judged.nl_assertions.map((one) => ({
      verdict: one.verdict,
      kind: "nl_assertion",
      text: one.assertion,
      evidence: one.justification,
      quote: one.quote,
      turn: turnOfQuote(messages, one.quote),
    })),
    ...judged.metrics.map((one) => ({
      verdict: one.verdict,
      kind: "metric",
      text: one.name + (one.value === null || one.value === undefined ? "" : " = " + compact(one.value)),
      evidence: one.justification,
    })),
  ];
  return all.sort((a, b) => rank[a.verdict] - rank[b.verdict]);
}

function row(one, toTurn) {
  const turn =
    one.turn === undefined
      ? ""
      : el("a", { href: toTurn(one.turn), "aria-label": "to turn " + one.turn }, "turn " + one.turn);
  return el(
    "tr",
    { class: "v-" + one.verdict },
    el("td", { class: "verdict" }, el("i", { "aria-hidden": "true" }, letters[one.verdict]), " ", words[one.verdict]),
    el(
      "td",
      {},
      el("span", { class: "kind" }, one.kind),
      " ",
      el(plain.includes(one.kind) ? "span" : "code", { dir: "auto" }, one.text),
    ),
    el("td", { dir: "auto" }, one.quote ? [el("q", {}, one.quote), " "] : "", one.evidence ?? ""),
    el("td", { class: "where" }, turn),
  );
}

// `toTurn` makes the address of a turn.
export function criteriaTable(detail, toTurn) {
  const all = criteriaOf(detail);
  if (all.length === 0)
    return el(
      "p",
      { class: "none" },
      detail?.judged?.scored === false
        ? "This conversation ended in a way that gives nothing to judge."
        : "No criteria.",
    );
  return el(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": "Criteria" },
    el(
      "table",
      { class: "criteria" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ["Verdict", "Expected", "Observed", "Where"].map((name) => el("th", { scope: "col" }, name)),
        ),
      ),
      el(
        "tbody",
        {},
        all.map((one) => row(one, toTurn)),
      ),
    ),
  );
}
