// The filter's language: words, s:failed persona:angry scenario:refund set:x agent:x @tag a:contains c:worse, "quoted text",
// and ! before any of them. Words and tags must all hold; of several s: (persona:, ...) one is enough.

const aliases = {
  error: "errored",
  err: "errored",
  fail: "failed",
  pass: "passed",
  quarantine: "quarantined",
  skip: "skipped",
};
const statuses = ["failed", "errored", "flaky", "quarantined", "not_run", "passed", "skipped"];
const changes = [
  "new-fail",
  "worse",
  "worse-within-noise",
  "inconclusive",
  "new",
  "removed",
  "fixed",
  "better",
  "unchanged",
];
const fields = ["s", "persona", "scenario", "set", "agent", "a", "c"];

function unquoted(text) {
  return text.replaceAll('"', "").toLowerCase();
}

// A list of {kind, text, not}; kind is a field, "tag" or "word".
export function parseFilter(text) {
  const tokens = [];
  for (const [whole] of text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    const not = whole.startsWith("!");
    const token = not ? whole.slice(1) : whole;
    if (token === "") continue;
    const colon = token.indexOf(":");
    const field = colon > 0 ? token.slice(0, colon).toLowerCase() : "";
    if (token.startsWith("@")) tokens.push({ kind: "tag", text: unquoted(token.slice(1)), not });
    else if (fields.includes(field)) {
      const value = unquoted(token.slice(colon + 1));
      if (value !== "")
        tokens.push({ kind: field, text: field === "s" ? (aliases[value] ?? value.replaceAll(" ", "_")) : value, not });
    } else tokens.push({ kind: "word", text: unquoted(token), not });
  }
  return tokens;
}

function holds(token, cell) {
  switch (token.kind) {
    case "s":
      return cell.status === token.text; // as the counters count it
    case "c":
      return cell.change === token.text;
    case "a":
      return cell.kinds.some((kind) => kind.includes(token.text));
    case "tag":
      return cell.tags.some((tag) => tag === token.text || tag.startsWith(token.text + ":"));
    case "word":
      return cell.all.includes(token.text);
    default:
      return cell[token.kind].includes(token.text);
  }
}

// `cell` has lower-case texts: status, persona, scenario, set, agent, tags, kinds, change, all.
export function matches(tokens, cell) {
  const either = new Map();
  for (const token of tokens) {
    const held = holds(token, cell);
    if (token.not ? held : !held && (token.kind === "word" || token.kind === "tag")) return false;
    if (!token.not) either.set(token.kind, either.get(token.kind) || held);
  }
  return [...either.values()].every(Boolean);
}

// What in it can fit nothing, or is not what it looks like: a sentence each.
export function problemsOf(tokens, compared) {
  const said = [];
  for (const { kind, text } of tokens) {
    const field = /^[a-z_]+(?=:(?!\/\/))/.exec(text);
    if (kind === "s" && !statuses.includes(text))
      said.push("no status is called " + text + ": " + statuses.join(", "));
    else if (kind === "c" && !compared) said.push("c: has no meaning here, the run was not compared with a baseline");
    else if (kind === "c" && !changes.includes(text))
      said.push("no change is called " + text + ": " + changes.join(", "));
    else if (kind === "word" && field)
      said.push(field[0] + ": is no field, so " + text + " is looked for as text (a tag is @" + text + ")");
  }
  return said;
}
