// Two texts side by side, line by line.
import { counted, el } from "../../../reports/page/text.mjs";
import { button } from "./parts.mjs";
import { folded, middleOf } from "./lines.mjs";

function words(side, other, sign) {
  if (!other) return side.text || " ";
  const [head, middle, tail] = middleOf(side.text, other.text);
  // Little in common: marks would only make it harder to read.
  if (head.length + tail.length < Math.max(side.text.length, other.text.length) / 4) return side.text || " ";
  return [head, middle ? el(sign, {}, middle) : null, tail];
}

// A line of one side. `sign` is + or -: never a colour alone.
function cells(side, other, row, sign) {
  const name = sign === "+" ? "added" : "removed";
  if (!side) return [el("td", { class: "number gap" }), el("td", { class: "line gap" })];
  if (row.same) return [el("td", { class: "number" }, side.number), el("td", { class: "line" }, side.text || " ")];
  return [
    el("td", { class: "number " + name }, side.number),
    el(
      "td",
      { class: "line " + name, dir: "auto" },
      el("span", { class: "sign", "aria-hidden": "true" }, sign),
      el("span", { class: "unseen" }, name + ": "),
      words(side, other, sign === "+" ? "ins" : "del"),
    ),
  ];
}

function lineRow(row) {
  return el(
    "tr",
    { class: row.same ? "same" : "differs" },
    cells(row.left, row.right, row, "-"),
    cells(row.right, row.left, row, "+"),
  );
}

function fold(group) {
  const rows = group.rows.map(lineRow);
  const opener = el(
    "tr",
    { class: "fold" },
    el(
      "td",
      { colspan: 4 },
      button("Show " + counted(rows.length, "unchanged line"), () => opener.replaceWith(...rows), { class: "link" }),
    ),
  );
  return opener;
}

// `names` of the two sides; `rows` as diffLines makes them.
export function diffTable(names, rows) {
  const head = names.map((name) => [
    el("th", { class: "number" }, el("span", { class: "unseen" }, "line")),
    el("th", { scope: "col" }, name),
  ]);
  return el(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": "Differences" },
    el(
      "table",
      { class: "sides" },
      el("caption", { class: "unseen" }, "Line by line, what was removed on the left and what was added on the right"),
      el("thead", {}, el("tr", {}, head)),
      el(
        "tbody",
        {},
        folded(rows).map((group) => (group.hidden ? fold(group) : group.rows.map(lineRow))),
      ),
    ),
  );
}
