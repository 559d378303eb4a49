// Where the reader is, as the address says it: #/acme/scenarios/507f1f77bcf86cd799439011/compare?from=1&to=2

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

// What is missing is "". `query` is a URLSearchParams.
export function parseAddress(hash) {
  const text = hash.startsWith("#/") ? hash.slice(2) : "";
  const mark = text.indexOf("?");
  const path = mark < 0 ? text : text.slice(0, mark);
  const [organization = "", kind = "", id = "", view = ""] = path.split("/").map(decoded);
  return { organization, kind, id, view, query: new URLSearchParams(mark < 0 ? "" : text.slice(mark + 1)) };
}

// `query` is anything that URLSearchParams takes.
export function addressOf({ organization, kind, id = "", view = "", query = "" }) {
  const path = [organization, kind, id, view].filter(Boolean).map(encodeURIComponent).join("/");
  const asked = new URLSearchParams(query).toString();
  return "#/" + path + (asked ? "?" + asked : "");
}
