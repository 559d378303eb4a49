// What the page knows: the index at once, what was said in a trial when somebody wants to read it.
import { el } from "./text.mjs";

export const index = JSON.parse(document.getElementById("parley-index").textContent);
index.cells.forEach((cell, place) => (cell.place = place));

const placeOf = new Map(index.cells.map((cell) => [cell.id, cell.place]));

export function cellOf(id) {
  return index.cells[placeOf.get(id)];
}

export const scenarioOf = (cell) => index.scenarios[cell.scenario];
export const personaOf = (cell) => index.personas[cell.persona];

// Every attempt of a cell, by trial and attempt.
export function attemptsOf(cell) {
  const attempts = [...(cell.earlier ?? []), ...cell.trials];
  for (const one of attempts) one.attempt ??= 1;
  return attempts.sort((a, b) => a.trial - b.trial || a.attempt - b.attempt);
}

// The script runs before the rest of the page is read.
const pageRead = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve();
  else document.addEventListener("DOMContentLoaded", resolve);
});

let beside; // which files hold the trials that do not stand in the page
const arrived = new Map();
const loading = new Map();

// Called by the files beside the page.
window.parley_trials = (run, trials) => {
  if (run !== index.run.id) return;
  for (const [key, detail] of Object.entries(trials)) arrived.set(key, detail);
};

function load(file) {
  if (!loading.has(file)) {
    const done = new Promise((resolve, reject) => {
      document.head.append(el("script", { src: file, onload: resolve, onerror: reject }));
    });
    loading.set(
      file,
      done.catch(() => loading.delete(file)),
    );
  }
  return loading.get(file);
}

function fileOf(key) {
  if (beside === undefined) {
    const element = document.getElementById("parley-beside");
    beside = element ? JSON.parse(element.textContent) : null;
  }
  const part = beside ? beside.parts.findIndex((keys) => keys.includes(key)) : -1;
  return part < 0 ? null : beside.folder + "/trials-" + String(part + 1).padStart(4, "0") + ".js";
}

// {judged, transcript}; null when nothing was said; an Error when a file beside the page is missing.
export async function detailOf(cell, attempt) {
  const key = cell.place + "-" + attempt.trial + "-" + attempt.attempt;
  const here = () => document.getElementById("trial-" + key);
  if (!here()) await pageRead;
  if (here()) return JSON.parse(here().textContent);
  const file = fileOf(key);
  if (!file) return null;
  if (!arrived.has(key)) await load(file);
  return (
    arrived.get(key) ??
    new Error("This conversation stands in " + file + ", which is missing beside this page or belongs to another run.")
  );
}
