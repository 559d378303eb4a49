// Puts the page together: the address decides what is shown.
import { el } from "./text.js";
import { formatRoute, parseRoute } from "./route.js";
import { startTheme } from "./theme.js";
import { copyButton } from "./copy.js";
import { applyFilter, filterHasFocus, focusFilter, focusRow, linkWith, moveInList, neighboursOf, startList } from "./list.js";
import { forgetCell, showCell } from "./cell.js";
import { startKeys } from "./keys.js";

const listTitle = document.title;
let left = ""; // the cell that was read last
let wantsFilter = false; // once the list is there again
let latest = 0;

function go(route) {
  location.hash = formatRoute(route);
}

async function render() {
  const route = parseRoute(location.hash);
  applyFilter(route.q);
  const mine = ++latest;
  const open = route.t !== "" && (await showCell(route, neighboursOf(route.t), () => mine === latest));
  if (mine !== latest) return; // the reader has gone on
  document.body.classList.toggle("reading", open);
  document.getElementById("cell").hidden = !open;
  document.getElementById("list").hidden = open;
  document.title = open ? route.t + " - " + listTitle : listTitle;
  if (open) {
    left = route.t;
    return;
  }
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

startTheme();
const command = document.querySelector(".command code");
if (command) command.after(" ", copyButton("Copy", command.textContent));
startList(onFilter);
startKeys({ filter, move, escape });
addEventListener("hashchange", render);
document.body.classList.add("scripted");
render();
