// Where the reader is, as the address says it: #?t=refunds/late@angry&trial=3&turn=6 or #?q=s:failed.

const numbers = ["trial", "attempt", "turn"];

export function parseRoute(hash) {
  const route = { t: "", trial: 0, attempt: 0, turn: -1, q: "" };
  if (!hash.startsWith("#?")) return route;
  for (const part of hash.slice(2).split("&")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, equals);
    let value;
    try {
      value = decodeURIComponent(part.slice(equals + 1).replaceAll("+", " "));
    } catch {
      continue;
    }
    if (name === "t" || name === "q") route[name] = value;
    else if (numbers.includes(name) && /^\d{1,9}$/.test(value)) route[name] = Number(value);
  }
  return route;
}

function encoded(text) {
  return encodeURIComponent(text)
    .replace(/%(2F|40|3A|2C)/g, decodeURIComponent)
    .replaceAll("%20", "+");
}

export function formatRoute(route) {
  const parts = [];
  if (route.t) parts.push("t=" + encoded(route.t));
  if (route.trial > 0) parts.push("trial=" + route.trial);
  if (route.attempt > 0) parts.push("attempt=" + route.attempt);
  if (route.turn >= 0) parts.push("turn=" + route.turn);
  if (route.q) parts.push("q=" + encoded(route.q));
  return "#?" + parts.join("&");
}
