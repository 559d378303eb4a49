// Puts the page together: the address decides what is shown.
import { el, visible } from "./text.mjs";
import { formatRoute, parseRoute } from "./route.mjs";
import { startTheme } from "./theme.mjs";
import { cellOf } from "./data.mjs";
import { copyButton } from "./copy.mjs";
import {
  applyFilter,
  filterHasFocus,
  focusFilter,
  focusRow,
  linkWith,
  moveInList,
  neighboursOf,
  startList,
} from "./list.mjs";
import { absentOf, forgetCell, showCell } from "./cell.mjs";
import { startKeys } from "./keys.mjs";

const listTitle = document.title;
const absence = el("p", { class: "notice absent", role: "status" }); // what the address names and is not here
absence.hidden = true;
document.querySelector("main").prepend(absence);
let left = ""; // the cell that was read last
let wantsFilter = false; // once the list is there again
let latest = 0;

function sayAbsent(text) {
  absence.textContent = text;
  absence.hidden = text === "";
}

function go(route) {
  location.hash = formatRoute(route);
}

async function render() {
  const route = parseRoute(location.hash);
  applyFilter(route.q);
  const mine = ++latest;
  const open = cellOf(route.t) !== undefined;
  const arrive = open ? await showCell(route, neighboursOf(route.t), () => mine === latest) : null;
  if (mine !== latest) return; // the reader has gone on
  document.body.classList.toggle("reading", open);
  document.getElementById("cell").hidden = !open;
  document.getElementById("list").hidden = open;
  document.title = open ? route.t + " - " + listTitle : listTitle;
  if (open) {
    left = route.t;
    arrive();
    return sayAbsent(absentOf(route));
  }
  sayAbsent(route.t ? "There is no unit test " + visible(route.t) + " in this run." : "");
  forgetCell();
  linkWith(route.q);
  if (wantsFilter) focusFilter();
  else if (left) focusRow(left);
  wantsFilter = false;
  left = "";
}

// A filter being typed does not fill the history.
function onFilter(text) {
  history.replaceState(null, "", formatRoute({ q: text }));
  render();
}

const reading = () => document.body.classList.contains("reading");

function move(step) {
  if (!reading()) return moveInList(step);
  const route = parseRoute(location.hash);
  const { before, after } = neighboursOf(route.t);
  const to = step > 0 ? after : before;
  if (to) go({ t: to.id, q: route.q });
}

function escape() {
  const route = parseRoute(location.hash);
  if (reading()) return go({ q: route.q });
  if (filterHasFocus() && route.q === "") return document.activeElement.blur();
  if (route.q) onFilter("");
}

function filter() {
  if (!reading()) return focusFilter();
  wantsFilter = true;
  go({ q: parseRoute(location.hash).q });
}

document.getElementById("plain")?.remove(); // what follows tells it better
startTheme();
const command = document.querySelector(".command code");
if (command) command.after(" ", copyButton("Copy", command.textContent));
startList(onFilter);
startKeys({ filter, move, escape });
addEventListener("hashchange", render);
document.body.classList.add("scripted");
render();
