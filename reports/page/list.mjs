// The table of unit tests: what the filter leaves of it, and which row the keyboard is at.
import { counted, el } from "./text.mjs";
import { cellOf, index, personaOf, scenarioOf } from "./data.mjs";
import { matches, parseFilter, problemsOf } from "./filter.mjs";
import { formatRoute } from "./route.mjs";

const rows = [...document.querySelectorAll("#cells tbody tr")];
let searchable; // lower-case texts of every cell, made when first needed
let visible = [...rows.keys()]; // places of the rows that fit the filter

const linkOf = (place) => rows[place].querySelector("a");

function texts(cell) {
  const scenario = scenarioOf(cell).name.toLowerCase();
  const persona = personaOf(cell).name.toLowerCase();
  const why = cell.trials.map((one) => one.why ?? "").join(" ");
  const tags = (cell.tags ?? []).map((tag) => tag.toLowerCase());
  return {
    status: cell.status,
    scenario,
    persona,
    set: cell.set.toLowerCase(),
    agent: cell.agent.toLowerCase(),
    tags,
    change: cell.change?.word ?? "",
    kinds: (cell.kinds ?? []).map((kind) => kind.toLowerCase()),
    all: [cell.id, scenario, persona, cell.name ?? "", why, ...tags].join(" ").toLowerCase(),
  };
}

const input = el("input", {
  id: "filter-text",
  type: "search",
  autocomplete: "off",
  spellcheck: "false",
  placeholder: "s:failed persona:angry @tag",
  "aria-describedby": "filter-help",
});
const count = el("output", { for: "filter-text", "aria-live": "polite" });

function helpRows() {
  return [
    ["s:failed", "status: failed, errored, flaky, passed, quarantined, skipped, not_run"],
    ["persona:angry", "part of the persona's name; likewise scenario: set: agent:"],
    ["@refunds", "a tag, or key:value"],
    ["a:mentions", "kind of criterion that was not met, or of error"],
    ["c:worse", "compared with the baseline: new-fail, worse, fixed, better, unchanged, new"],
    ["!word", "without; before any of these"],
    ["word", "anywhere in id, names and reason"],
  ];
}

// The number of the trial whose letter was clicked, 0 for any other place of the row.
function trialAt(target) {
  const letter = target.closest(".strip i");
  if (!letter) return 0;
  const cell = index.cells[rows.indexOf(letter.closest("tr"))];
  return cell.trials[[...letter.parentNode.children].indexOf(letter)]?.trial ?? 0;
}

export function startList(onFilter) {
  const box = document.getElementById("filter");
  box.append(
    el("label", { for: "filter-text" }, "Filter"),
    input,
    count,
    el(
      "details",
      { class: "help" },
      el("summary", {}, "How to filter, and keys"),
      el(
        "dl",
        { id: "filter-help" },
        helpRows().map(([token, text]) => [el("dt", {}, el("code", {}, token)), el("dd", {}, text)]),
        [
          ["/", "to the filter"],
          ["j k", "next and previous"],
          ["Enter", "open"],
          ["Esc", "clear, or back to the list"],
        ].map(([key, text]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, text)]),
      ),
    ),
  );
  input.addEventListener("input", () => onFilter(input.value));
  document.getElementById("cells").addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row || event.target.closest("a") || String(getSelection())) return;
    location.hash = formatRoute({ t: index.cells[rows.indexOf(row)].id, trial: trialAt(event.target), q: input.value });
  });
}

export function applyFilter(text) {
  if (input.value !== text) input.value = text;
  const tokens = parseFilter(text);
  searchable ??= index.cells.map(texts);
  visible = [...rows.keys()].filter((place) => {
    rows[place].hidden = !matches(tokens, searchable[place]);
    return !rows[place].hidden;
  });
  const shown = tokens.length ? visible.length + " of " : "";
  const compared = document.getElementById("compare") !== null;
  count.textContent = [shown + counted(rows.length, "unit test"), ...problemsOf(tokens, compared)].join("; ");
  for (const link of document.querySelectorAll(".counters a"))
    if (tokens.length > 0 && link.getAttribute("href") === formatRoute({ q: text }))
      link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}

// Rows keep the filter in their links, so that "back" means the filtered list.
export function linkWith(q) {
  for (const place of visible) linkOf(place).href = formatRoute({ t: index.cells[place].id, q });
}

export function neighboursOf(id) {
  const at = visible.indexOf(cellOf(id).place);
  const cellAt = (step) => (at < 0 ? null : (index.cells[visible[at + step]] ?? null));
  return { before: cellAt(-1), after: cellAt(1) };
}

export function focusFilter() {
  input.focus();
  input.select();
}

export const filterHasFocus = () => document.activeElement === input;

export function moveInList(step) {
  if (visible.length === 0) return;
  const at = visible.findIndex((place) => rows[place].contains(document.activeElement));
  const last = visible.length - 1;
  const next = at < 0 ? (step > 0 ? 0 : last) : Math.min(last, Math.max(0, at + step));
  linkOf(visible[next]).focus();
}

export function focusRow(id) {
  linkOf(cellOf(id).place).focus();
}
