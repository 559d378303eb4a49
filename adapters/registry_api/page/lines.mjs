// The content of a version as lines, and what differs between two of them. Knows no document: tests call it as it is.

const mostCells = 4_000_000; // of the table of common lines; beyond it everything counts as replaced

const ambiguous = /^\s|\s$|^$|^(true|false|null)$|^-?\d|^[[{"|]/;

function textOf(value) {
  return typeof value === "string" && !ambiguous.test(value) ? value : JSON.stringify(value);
}

function isNested(value) {
  return value !== null && typeof value === "object" && Object.keys(value).length > 0;
}

// The lines of an object or a list; those of an element stand beside its dash.
function nestedLines(value) {
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, one]) => {
    if (!isList) return linesOf(key + ":", one);
    if (!isNested(one)) return linesOf("-", one);
    return nestedLines(one).map((line, at) => (at === 0 ? "- " : "  ") + line);
  });
}

function linesOf(head, value) {
  const below = (lines) => lines.map((line) => "  " + line);
  if (typeof value === "string" && value.includes("\n")) return [head + " |", ...below(value.split("\n"))];
  return isNested(value) ? [head, ...below(nestedLines(value))] : [head + " " + textOf(value)];
}

// One line for each value, texts of several lines as they are: a long text changed in one line differs in one line.
export function contentLines(content) {
  return nestedLines(content);
}

// Lengths of the longest common subsequences of what follows each pair of places.
function commonLengths(a, b) {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; --i)
    for (let j = b.length - 1; j >= 0; --j)
      table[i * width + j] =
        a[i] === b[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
  return (i, j) => table[i * width + j];
}

// Pairs of removed and added lines stand beside each other.
function flush(rows, removed, added) {
  for (let i = 0; i < Math.max(removed.length, added.length); ++i)
    rows.push({ left: removed[i] ?? null, right: added[i] ?? null, same: false });
  removed.length = added.length = 0;
}

// Rows {left, right, same}; a side is {number, text} or null.
export function diffLines(before, after) {
  const common = before.length * after.length > mostCells ? () => 0 : commonLengths(before, after);
  const rows = [];
  const removed = [];
  const added = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const left = { number: i + 1, text: before[i] };
    const right = { number: j + 1, text: after[j] };
    if (i < before.length && j < after.length && before[i] === after[j]) {
      flush(rows, removed, added);
      rows.push({ left, right, same: true });
      (++i, ++j);
    } else if (j >= after.length || (i < before.length && common(i + 1, j) >= common(i, j + 1))) {
      removed.push(left);
      ++i;
    } else {
      added.push(right);
      ++j;
    }
  }
  flush(rows, removed, added);
  return rows;
}

const words = (text) => text.split(/(\s+)/);

// [what both begin with, what stands in `text` alone, what both end with], in whole words.
export function middleOf(text, other) {
  const mine = words(text);
  const theirs = words(other);
  const most = Math.min(mine.length, theirs.length);
  let head = 0;
  while (head < most && mine[head] === theirs[head]) ++head;
  let tail = 0;
  while (tail < most - head && mine.at(-1 - tail) === theirs.at(-1 - tail)) ++tail;
  const end = mine.length - tail;
  return [mine.slice(0, head), mine.slice(head, end), mine.slice(end)].map((part) => part.join(""));
}

// Runs of rows: those that differ with `around` lines of context, and the unchanged ones between, {hidden, rows}.
export function folded(rows, around = 3) {
  const near = rows.map(() => false);
  rows.forEach((row, at) => {
    if (!row.same) near.fill(true, Math.max(0, at - around), at + around + 1);
  });
  const groups = [];
  rows.forEach((row, at) => {
    const hidden = !near[at];
    if (groups.at(-1)?.hidden === hidden) groups.at(-1).rows.push(row);
    else groups.push({ hidden, rows: [row] });
  });
  return groups;
}
