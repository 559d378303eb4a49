// One unit test: its trials, and the one that is being read.
import { el } from "./text.mjs";
import { attemptsOf, cellOf, personaOf, scenarioOf } from "./data.mjs";
import { formatRoute } from "./route.mjs";
import { trialView } from "./trial.mjs";

const section = document.getElementById("cell");
let shown = ""; // what the section shows, as an address without the turn

// The one that explains the outcome, when none was asked for.
function mainAttempt(cell) {
  const letter = cell.outcome === "failed" ? "F" : "";
  return (
    cell.trials.find((one) => one.letter === letter) ??
    cell.trials.find((one) => "FET".includes(one.letter)) ??
    cell.trials[0]
  );
}

function chosenAttempt(cell, route) {
  const attempts = attemptsOf(cell);
  const ofTrial = attempts.filter((one) => one.trial === route.trial);
  return ofTrial.find((one) => one.attempt === route.attempt) ?? ofTrial.at(-1) ?? mainAttempt(cell);
}

function strip(cell, chosen, route) {
  const attempts = attemptsOf(cell);
  if (attempts.length < 2) return null;
  return el(
    "nav",
    { class: "strip trials", "aria-label": "Trials" },
    attempts.map((one) => {
      const retried = !cell.trials.includes(one);
      const name =
        "trial " + one.trial + (retried || one.attempt > 1 ? ", attempt " + one.attempt : "") + ": " + one.word;
      return el(
        "a",
        {
          class: "t-" + one.letter.toLowerCase().replace("-", "n") + (retried ? " retried" : ""),
          title: name,
          "aria-current": one === chosen ? "true" : undefined,
          href: formatRoute({ t: cell.id, trial: one.trial, attempt: retried ? one.attempt : 0, turn: -1, q: route.q }),
        },
        el("small", {}, one.trial),
        el("b", { "aria-hidden": "true" }, one.letter),
        el("span", { class: "unseen" }, name.replace(/^.*: /, "")),
      );
    }),
  );
}

function rateText(cell) {
  const decided = cell.passed + cell.failed;
  const open = cell.errored ? ", " + cell.errored + " without a verdict" : "";
  if (decided === 0) return "No trial has a verdict" + open + ".";
  const percent = Math.round((cell.passed / decided) * 100);
  const [low, high] = cell.interval.map((rate) => Math.round(rate * 100) + "%");
  return (
    cell.passed +
    " of " +
    decided +
    " judged trials passed (" +
    percent +
    "%, 95% interval " +
    low +
    " to " +
    high +
    ")" +
    open +
    "; " +
    cell.needed +
    " of " +
    cell.total +
    " must pass."
  );
}

function changeText(cell) {
  const change = cell.change;
  const then = change.decided ? ": " + change.passed + " of " + change.decided + " passed in the baseline" : "";
  const p = change.p === undefined ? "" : ", corrected p " + (change.p < 0.01 ? change.p.toPrecision(1) : change.p.toFixed(2));
  const gate = change.gates ? " It fails the run." : cell.status === "failed" ? " It does not fail the run." : "";
  return "Against the baseline " + change.word + then + p + (change.note ? "; " + change.note : "") + "." + gate;
}

function about(cell) {
  const scenario = scenarioOf(cell);
  const persona = personaOf(cell);
  const line = (name, text) => (text ? [el("dt", {}, name), el("dd", { dir: "auto" }, text)] : null);
  return el(
    "details",
    { class: "about" },
    el("summary", {}, "Scenario, persona and place"),
    el(
      "dl",
      {},
      line("Description", cell.description),
      line("Objective", scenario.objective),
      line("Instructions", scenario.instructions),
      line("Scenario", scenario.name + ", version " + scenario.version),
      line("Persona", persona.name + ", version " + persona.version + (persona.role ? ", " + persona.role : "")),
      line("Background", persona.background),
      line("Agent", cell.agent),
      line("Pass rule", cell.rule),
      line("Written in", cell.where),
      line("Again", cell.again),
    ),
  );
}

function head(cell, route, neighbours) {
  const scenario = scenarioOf(cell);
  const tag = (text) =>
    el("a", { class: "tag", href: formatRoute({ q: "@" + (/\s/.test(text) ? '"' + text + '"' : text) }) }, text);
  const step = (name, to) =>
    to
      ? el("a", { href: formatRoute({ t: to.id, q: route.q }), rel: name }, name)
      : el("span", { class: "none" }, name);
  return [
    el(
      "nav",
      { class: "steps", "aria-label": "Unit tests" },
      el("a", { class: "back", href: formatRoute({ q: route.q }) }, "← All unit tests"),
      el("span", {}, step("previous", neighbours.before), " ", step("next", neighbours.after)),
    ),
    el(
      "h2",
      { tabindex: "-1", class: "s-" + cell.status },
      el(
        "span",
        { class: "status" },
        el("i", { "aria-hidden": "true" }, letterOf(cell)),
        " ",
        cell.status.replace("_", " "),
      ),
      " ",
      el("span", { dir: "auto" }, scenario.name),
      " ",
      el("span", { class: "persona", dir: "auto" }, personaOf(cell).name),
    ),
    el(
      "p",
      { class: "identity" },
      el("code", {}, cell.id),
      " ",
      (cell.tags ?? []).map((text) => [tag(text), " "]),
    ),
    cell.skip ? el("p", { class: "why" }, "Skipped: " + cell.skip) : null,
    cell.quarantine ? el("p", { class: "why" }, "In quarantine: " + cell.quarantine) : null,
    cell.trials.length && cell.total > 1 ? el("p", { class: "rate-text" }, rateText(cell)) : null,
    cell.change ? el("p", { class: "rate-text" }, changeText(cell)) : null,
  ];
}

const statusLetters = {
  failed: "F",
  errored: "E",
  flaky: "~",
  quarantined: "Q",
  not_run: "-",
  passed: "P",
  skipped: "S",
};
const letterOf = (cell) => statusLetters[cell.status] ?? "?";

function goToTurn(route) {
  for (const old of section.querySelectorAll(".turn.chosen")) old.classList.remove("chosen");
  const turn = route.turn >= 0 ? document.getElementById("turn-" + route.turn) : null;
  if (!turn) return false;
  turn.classList.add("chosen");
  turn.scrollIntoView({ block: "start" });
  turn.focus({ preventScroll: true });
  return true;
}

function goTo(route, sameCell) {
  if (goToTurn(route)) return;
  if (sameCell) return section.querySelector('[aria-current="true"]')?.focus({ preventScroll: true });
  scrollTo(0, 0);
  section.querySelector("h2").focus({ preventScroll: true });
}

// Fills the section with the cell the address names, unless the reader has gone on before it was there. What is
// returned goes to the right place once the section can be seen.
export async function showCell(route, neighbours, stillWanted) {
  const cell = cellOf(route.t);
  const chosen = chosenAttempt(cell, route);
  const address = formatRoute({
    t: route.t,
    trial: chosen?.trial ?? 0,
    attempt: chosen?.attempt ?? 0,
    turn: -1,
    q: route.q,
  });
  const here = {
    t: route.t,
    trial: chosen?.trial ?? 0,
    attempt: chosen && !cell.trials.includes(chosen) ? chosen.attempt : 0,
    turn: route.turn,
    q: route.q,
  };
  const sameCell = section.dataset.cell === cell.id;
  if (address !== shown) {
    const trial = chosen ? await trialView(cell, chosen, here) : el("p", { class: "none" }, "It was not held.");
    if (!stillWanted()) return null;
    shown = address;
    section.dataset.cell = cell.id;
    section.replaceChildren(
      ...[head(cell, route, neighbours), strip(cell, chosen, route), about(cell), trial].flat().filter(Boolean),
    );
  }
  return () => goTo(route, sameCell);
}

// What the address names and the cell that is shown does not have, in a sentence; "" for nothing.
export function absentOf(route) {
  const ofTrial = attemptsOf(cellOf(route.t)).filter((one) => one.trial === route.trial);
  if (route.trial > 0 && ofTrial.length === 0)
    return "There is no trial " + route.trial + " of this unit test: shown is what explains its outcome.";
  if (route.attempt > 0 && !ofTrial.some((one) => one.attempt === route.attempt))
    return "There is no attempt " + route.attempt + " at this trial: shown is the last.";
  if (route.turn >= 0 && document.getElementById("turn-" + route.turn) === null)
    return "There is no turn " + route.turn + " in this conversation.";
  return "";
}

export function forgetCell() {
  shown = "";
  delete section.dataset.cell;
  section.replaceChildren();
}
