// Elements and texts. Whatever somebody said gets into the page as a text node, never as markup.

const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g;

// Control characters and direction overrides as a reader can see them: `\x1b`. The page's static part does the same.
export function visible(text) {
  return String(text).replace(unseen, (c) => {
    if (c === "\r") return "\\r";
    const code = c.charCodeAt(0).toString(16);
    return code.length < 3 ? "\\x" + code.padStart(2, "0") : "\\u" + code.padStart(4, "0");
  });
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : visible(child));
  }
  return node;
}

// el("a", {href: "#", onclick: f}, "text", [more, children])
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

// "850ms", "1.2s", "4m12s", like every other report.
export function duration(ms) {
  const rounded = Math.round(ms);
  if (rounded < 1000) return rounded + "ms";
  if (rounded < 59950) return (Math.round(rounded / 100) / 10).toFixed(1) + "s";
  const s = Math.round(rounded / 1000);
  if (s < 3600) return Math.floor(s / 60) + "m" + String(s % 60).padStart(2, "0") + "s";
  return Math.floor(s / 3600) + "h" + String(Math.floor((s % 3600) / 60)).padStart(2, "0") + "m";
}

// At least four digits behind the point, and two that are not 0.
export function cost(amount) {
  const places = amount > 0 && amount < 0.01 ? Math.min(12, Math.ceil(-Math.log10(amount)) + 1) : 4;
  return amount.toFixed(Math.max(4, places));
}

export function counted(number, what) {
  return number + " " + what + (number === 1 ? "" : "s");
}

export function compact(value) {
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
