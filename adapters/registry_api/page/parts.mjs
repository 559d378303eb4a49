// Small pieces that many views have.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { tagsOf } from "./kinds.mjs";

const units = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

// "3 minutes ago"; beyond a month the day. `now` in ms.
export function timeText(iso, now = Date.now()) {
  const seconds = Math.round((now - new Date(iso).getTime()) / 1000);
  if (seconds > 30 * 86400) return new Date(iso).toLocaleDateString("en", { dateStyle: "medium" });
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return relative.format(-Math.round(seconds / size), unit);
  return "just now";
}

export function when(iso) {
  const full = new Date(iso).toLocaleString("en", { dateStyle: "full", timeStyle: "long" });
  return el("time", { datetime: iso, title: full }, timeText(iso));
}

export function byWhom(iso, author) {
  return el("span", { class: "by" }, when(iso), author?.user_id ? " by " + author.user_id : "");
}

export function tagText([key, value]) {
  return value === null || value === undefined ? key : key + ": " + value;
}

// Labels that lead to the list of what has them. The server's filter "key:" is a tag without value.
export function tagLinks(object, address) {
  const tags = tagsOf(object);
  if (tags.length === 0) return null;
  const filter = ([key, value]) => key + ":" + (value ?? "");
  return el(
    "span",
    { class: "tags" },
    tags.map((tag) => [
      el(
        "a",
        { class: "tag", href: addressOf({ ...address, id: "", view: "", query: [["tag", filter(tag)]] }) },
        tagText(tag),
      ),
      " ",
    ]),
  );
}

// What can be done with an object of any kind.
export function changeLinks(address) {
  const to = (view) => addressOf({ ...address, view, query: "" });
  return [
    el("a", { class: "press", href: to("tags") }, "Edit tags"),
    el("a", { class: "press", href: to("delete") }, "Delete"),
  ];
}

export function notice(title, ...more) {
  return el("div", { class: "notice" }, el("h2", {}, title), more);
}

export function empty(title, ...next) {
  return el("div", { class: "empty" }, el("p", {}, el("b", {}, title)), el("p", {}, next));
}

export function button(label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "press", onclick, ...attributes }, label);
}

// For those who do not see what changed.
export function announce(text) {
  document.getElementById("said").textContent = text;
}

// A problem of a 422 in words: where, and what.
export function problemText({ loc, msg }) {
  const where = (loc ?? []).filter((part) => part !== "body" && part !== "initial_version").join(".");
  return where && !msg.startsWith("'" + where + "'") ? where + ": " + msg : msg; // some name the place themselves
}

export function refusalText(error) {
  if (error.problems?.length) return error.problems.map(problemText).join("; ");
  if (error.status === 403) return "Your role does not permit this: " + error.message;
  return error.message;
}

export function crumbs(address, title) {
  return el(
    "p",
    { class: "crumbs" },
    el("a", { href: addressOf({ organization: address.organization, kind: address.kind }) }, "← " + title),
  );
}

export function facts(pairs) {
  return el(
    "dl",
    { class: "facts" },
    pairs
      .filter((pair) => pair?.[1])
      .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { dir: "auto" }, value))),
  );
}

// Rows of cells under column names; on small screens each cell says its column itself.
export function table(caption, columns, rows) {
  return el(
    "table",
    { class: "objects" },
    el("caption", { class: "unseen" }, caption),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        columns.map((name) => el("th", { scope: "col" }, name)),
      ),
    ),
    el(
      "tbody",
      {},
      rows.map((cells) =>
        el(
          "tr",
          {},
          cells.map((cell, place) =>
            place === 0
              ? el("th", { scope: "row", dir: "auto" }, cell)
              : el("td", { "data-column": columns[place] }, cell),
          ),
        ),
      ),
    ),
  );
}
