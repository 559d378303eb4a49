// What a version says, for reading.
import { el } from "../../../reports/page/text.mjs";
import { contentOf } from "./kinds.mjs";
import { contentLines } from "./lines.mjs";

function isUnset(value) {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

function shown(field, value) {
  const chosen = field?.options?.find(([word]) => word === value);
  if (chosen) return el("p", {}, chosen[1]);
  if (typeof value === "string") return el("p", { class: "prose", dir: "auto" }, value);
  const lines = isUnset(value) ? [JSON.stringify(value)] : contentLines(value);
  return el("pre", { tabindex: "0", dir: "auto" }, lines.join("\n"));
}

// What nobody set stands in one line at the end.
export function contentView(kind, version) {
  const content = contentOf(kind, version);
  const field = (key) => kind.fields.find((one) => one.key === key);
  const set = Object.entries(content).filter(([, value]) => !isUnset(value));
  const unset = Object.keys(content).filter((key) => isUnset(content[key]));
  return el(
    "div",
    { class: "content" },
    set.map(([key, value]) => [el("h3", {}, field(key)?.label ?? key.replaceAll("_", " ")), shown(field(key), value)]),
    unset.length ? el("p", { class: "none" }, "Not set: " + unset.join(", ").replaceAll("_", " ") + ".") : null,
  );
}
