// The fields in which a version is written: texts of their own, everything else as JSON.
import { el } from "../../../reports/page/text.mjs";

const restKey = "rest";

export function labelled(name, label, hint, control) {
  return el(
    "div",
    { class: "field" },
    el("label", { for: name }, label),
    hint ? el("p", { class: "hint", id: name + "-hint" }, hint) : null,
    control,
  );
}

export function controlOf(name, { rows, options, hint, mono }) {
  const described = hint ? name + "-hint" : undefined;
  if (options)
    return el(
      "select",
      { id: name, "aria-describedby": described },
      options.map(([value, text]) => el("option", { value }, text)),
    );
  if (rows)
    return el("textarea", {
      id: name,
      rows,
      spellcheck: mono ? "false" : undefined,
      class: mono ? "mono" : undefined,
      dir: "auto",
      "aria-describedby": described,
    });
  return el("input", { id: name, type: "text", dir: "auto", autocomplete: "off", "aria-describedby": described });
}

function parseRest(text) {
  let rest;
  try {
    rest = text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    return { problem: "Further fields are no JSON: " + error.message };
  }
  if (rest === null || typeof rest !== "object" || Array.isArray(rest))
    return { problem: "Further fields must be one JSON object: {...}" };
  return { rest };
}

// A content as the values of the fields. A value that a field cannot hold stays in the JSON.
export function valuesOf(kind, content) {
  const values = {};
  const rest = { ...content };
  for (const { key, options } of kind.fields) {
    const value = content[key] ?? "";
    if (typeof value !== "string" || (options && !options.some(([word]) => word === value))) continue;
    values[key] = value;
    delete rest[key];
  }
  values[restKey] = JSON.stringify(rest, null, 2);
  return values;
}

// The fields of a version. `more` are fields that stand before them; `changed` is called while somebody types.
export function versionForm(kind, values, more, changed) {
  const rest = { key: restKey, label: "Further fields (JSON)", rows: 8, mono: true, hint: kind.hint };
  const fields = [...more, ...kind.fields, rest];
  const controls = new Map();
  const nodes = fields.map((field) => {
    const control = controlOf("field-" + field.key, field);
    control.value = values[field.key] ?? "";
    control.addEventListener("input", changed);
    controls.set(field.key, control);
    return labelled("field-" + field.key, field.label, field.hint, control);
  });
  const read = () => Object.fromEntries([...controls].map(([key, control]) => [key, control.value]));
  return {
    nodes,
    read,
    fill: (next) => controls.forEach((control, key) => (control.value = next[key] ?? "")),
    // {content} or {problem, control}
    content() {
      const written = read();
      const { rest: others, problem } = parseRest(written[restKey]);
      if (problem) return { problem, control: controls.get(restKey) };
      const content = {};
      for (const { key } of kind.fields) if (!(key in others)) content[key] = written[key].trim();
      return { content: { ...content, ...others } };
    },
    // The field that the server's problem speaks of.
    controlAt: (loc) => loc?.map((part) => controls.get(part)).find(Boolean) ?? controls.get(restKey),
  };
}

// "team: billing, smoke" as an object; the server looks the words over.
export function parseTags(text) {
  const tags = {};
  for (const part of text.split(",").filter((one) => one.trim() !== "")) {
    const colon = part.indexOf(":");
    if (colon < 0) tags[part.trim()] = null;
    else tags[part.slice(0, colon).trim()] = part.slice(colon + 1).trim();
  }
  return tags;
}
