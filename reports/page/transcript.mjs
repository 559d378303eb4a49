// A conversation, turn by turn.
import { compact, cost, counted, duration, el } from "./text.mjs";

const names = { user: "User", agent: "Agent", system: "System", event: "Event", tool: "Tool" };

function bubble(message, quotes) {
  return el(
    "div",
    { class: "said " + message.role },
    el("span", { class: "who" }, names[message.role] ?? message.role),
    el("p", { dir: "auto" }, marked(message.content, quotes)),
  );
}

// The text with what criteria quote from it marked.
function marked(text, quotes) {
  const quote = quotes.find((one) => one.length > 3 && text.includes(one));
  if (!quote) return text;
  const at = text.indexOf(quote);
  return [text.slice(0, at), el("mark", {}, quote), text.slice(at + quote.length)];
}

const sources = { mock: "mock", nobody: "no mock" };

function answerText(answer) {
  return typeof answer.content === "string" ? answer.content : compact(answer.content);
}

function pretty(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function tool(call, answer) {
  const wrong = answer?.is_error;
  const about = [answer && sources[answer.source], wrong && "error"].filter(Boolean).join(", ");
  return el(
    "details",
    { class: wrong ? "tool wrong" : "tool" },
    el(
      "summary",
      {},
      el("span", { class: "who" }, "Tool"),
      " ",
      el("b", {}, call?.name ?? answer.name),
      " ",
      el("code", {}, compact(call?.arguments)),
      answer ? [" → ", el("code", {}, answerText(answer))] : "",
      about ? el("em", {}, " " + about) : "",
    ),
    call ? el("pre", { tabindex: "0", "aria-label": "arguments" }, pretty(call.arguments)) : null,
    answer ? el("pre", { tabindex: "0", "aria-label": "answer" }, pretty(answer.content)) : null,
  );
}

// A call and its answer are one thing to read.
function parts(messages, quotes) {
  const answers = new Map();
  for (const message of messages)
    if (message.role === "tool" && message.tool_call_id) answers.set(message.tool_call_id, message);
  const shown = [];
  for (const message of messages) {
    if (message.role === "tool") {
      if (!message.tool_call_id || answers.get(message.tool_call_id) === message) shown.push(tool(null, message));
      continue;
    }
    if (message.content) shown.push(bubble(message, quotes));
    for (const call of message.tool_calls ?? []) {
      const answer = answers.get(call.id);
      answers.delete(call.id);
      shown.push(tool(call, answer));
    }
  }
  return shown;
}

function turnName(turn, history) {
  if (history) return "Before the conversation";
  return turn === 0 ? "Greeting" : "Turn " + turn;
}

function usedText(used) {
  if (!used) return "";
  return used.cost !== undefined ? cost(used.cost) : counted(used.input_tokens + used.output_tokens, "token");
}

function facts(time) {
  if (!time) return "";
  const first = time.first_token_us === undefined ? "" : ", first words after " + duration(time.first_token_us / 1000);
  const used = [
    ["agent", usedText(time.agent_used)],
    ["user", usedText(time.user_used)],
  ]
    .filter(([, text]) => text)
    .map(([who, text]) => who + " " + text);
  return [duration(time.agent_us / 1000) + first, ...used].join(" · ");
}

function turnOf(group, detail, criteria, place) {
  const { turn, history, messages } = group;
  const time = history ? null : detail.transcript.turn_times.find((one) => one.turn === turn);
  const here = history ? [] : criteria.filter((one) => one.turn === turn);
  const wrong = here.filter((one) => one.verdict === "not_met");
  const quotes = here.flatMap((one) => [one.quote, one.evidence]).filter(Boolean);
  const chosen = !history && place.turn === turn;
  return el(
    "li",
    {
      id: history ? undefined : "turn-" + turn,
      tabindex: "-1",
      class: (wrong.length ? "turn wrong" : "turn") + (chosen ? " chosen" : ""),
    },
    el(
      "div",
      { class: "turn-head" },
      history
        ? el("span", { class: "turn-name" }, turnName(turn, history))
        : el("a", { class: "turn-name", href: place.toTurn(turn) }, turnName(turn, history)),
      el("span", { class: "turn-facts" }, facts(time)),
      wrong.map((one) => el("span", { class: "offence" }, "✗ " + one.kind + " not met")),
    ),
    parts(messages, quotes),
  );
}

function ending(transcript) {
  const stopped = transcript.stop_reason ? transcript.stop_reason.replaceAll("_", " ") : "not said why";
  return el(
    "div",
    { class: "ending" },
    el(
      "p",
      {},
      "Stopped: " +
        stopped +
        " after " +
        counted(transcript.interactions, "interaction") +
        ", " +
        duration(transcript.duration_us / 1000) +
        ".",
    ),
    transcript.error
      ? el("p", { class: "error", dir: "auto" }, transcript.error.type + ": " + transcript.error.message)
      : null,
    (transcript.notes ?? []).map((note) => el("p", { class: "note", dir: "auto" }, "Note: " + note)),
  );
}

// `place` is where the reader stands: {turn, toTurn}, the latter makes the address of a turn.
export function transcriptView(detail, criteria, place) {
  const groups = [];
  for (const message of detail.transcript.messages) {
    const last = groups.at(-1);
    if (last && last.turn === message.turn && last.history === Boolean(message.history)) last.messages.push(message);
    else groups.push({ turn: message.turn, history: Boolean(message.history), messages: [message] });
  }
  return el(
    "div",
    { class: "transcript" },
    el(
      "ol",
      { class: "turns", "aria-label": "Transcript" },
      groups.map((group) => turnOf(group, detail, criteria, place)),
    ),
    ending(detail.transcript),
  );
}
