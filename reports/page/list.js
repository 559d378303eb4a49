// The table of unit tests: what the filter leaves of it, and which row the keyboard is at.
import { counted, el } from "./text.js";
import { index, personaOf, scenarioOf } from "./data.js";
import { matches, parseFilter } from "./filter.js";
import { formatRoute } from "./route.js";

const rows = [...document.querySelectorAll("#cells tbody tr")];
let searchable; // lower-case texts of every cell, made when first needed
let visibleRows = rows;

function texts(cell) {
  const scenario = scenarioOf(cell).name.toLowerCase();
  const persona = personaOf(cell).name.toLowerCase();
  const why = cell.trials.map((one) => one.why ?? "").join(" ");
  const tags = (cell.tags ?? []).map((tag) => tag.toLowerCase());
  return { status: cell.status, outcome: cell.outcome, scenario, persona, set: cell.set.toLowerCase(), agent: cell.agent.toLowerCase(), tags,
    kinds: (cell.kinds ?? []).map((kind) => kind.toLowerCase()), all: [cell.id, scenario, persona, cell.name ?? "", why, ...tags].join(" ").toLowerCase() };
}

const input = el("input", { id: "filter-text", type: "search", autocomplete: "off", spellcheck: "false",
  placeholder: "s:failed persona:angry @tag", "aria-describedby": "filter-help" });
const count = el("output", { for: "filter-text", "aria-live": "polite" });

function helpRows() {
  return [["s:failed", "status: failed, errored, flaky, passed, quarantined, skipped, not_run"], ["persona:angry", "part of the persona's name; likewise scenario: set: agent:"],
    ["@refunds", "a tag, or key:value"], ["a:mentions", "kind of criterion that was not met, or of error"], ["!word", "without; before any of these"], ["word", "anywhere in id, names and reason"]];
}

export function startList(onFilter) {
  const box = document.getElementById("filter");
  box.append(el("label", { for: "filter-text" }, "Filter"), input, count,
    el("details", { class: "help" }, el("summary", {}, "How to filter, and keys"), el("dl", { id: "filter-help" }, helpRows().map(([token, text]) => [el("dt", {}, el("code", {}, token)), el("dd", {}, text)]),
      [["/", "to the filter"], ["j k", "next and previous"], ["Enter", "open"], ["Esc", "clear, or back to the list"]].map(([key, text]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, text)]))));
  input.addEventListener("input", () => onFilter(input.value));
  document.getElementById("cells").addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr");
    if (row && !event.target.closest("a") && !String(getSelection())) row.querySelector("a").click();
  });
}

export function applyFilter(text) {
  if (input.value !== text) input.value = text;
  const tokens = parseFilter(text);
  searchable ??= index.cells.map(texts);
  visibleRows = [];
  rows.forEach((row, place) => {
    const fits = matches(tokens, searchable[place]);
    row.hidden = !fits;
    if (fits) visibleRows.push(row);
  });
  count.textContent = tokens.length ? visibleRows.length + " of " + counted(rows.length, "unit test") : counted(rows.length, "unit test");
  for (const link of document.querySelectorAll(".counters a"))
    link.toggleAttribute("aria-current", parseFilter(text).length > 0 && link.getAttribute("href") === formatRoute({ q: text }));
}

// Rows keep the filter in their links, so that "back" means the filtered list.
export function linkWith(q) {
  for (const row of visibleRows) {
    const link = row.querySelector("a");
    link.href = formatRoute({ t: row.id, q });
  }
}

export function neighboursOf(id) {
  const at = visibleRows.findIndex((row) => row.id === id);
  const cellAt = (place) => (place >= 0 && place < visibleRows.length && at >= 0 ? { id: visibleRows[place].id } : null);
  return { before: cellAt(at - 1), after: cellAt(at + 1) };
}

export function focusFilter() {
  input.focus();
  input.select();
}

export const filterHasFocus = () => document.activeElement === input;

export function moveInList(step) {
  const at = visibleRows.findIndex((row) => row.contains(document.activeElement));
  const row = visibleRows[at < 0 ? (step > 0 ? 0 : visibleRows.length - 1) : Math.min(visibleRows.length - 1, Math.max(0, at + step))];
  row?.querySelector("a").focus();
}

export function focusRow(id) {
  const row = document.getElementById(id);
  row?.querySelector("a").focus();
}
