// A list of objects: what is searched, filtered and paged stands in the address.
import { counted, el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { ask } from "./api.mjs";
import { kinds } from "./kinds.mjs";
import { byWhom, empty, table, tagLinks, tagText } from "./parts.mjs";
import { setRows, testRows } from "./test_views.mjs";
import { runFilters, runQuery, runRows } from "./runs.mjs";

const searchDelay = 250; // ms after the last key

function versionedRows(address, objects) {
  const role = kinds[address.kind].hasRole;
  const rows = objects.map((object) => [
    [
      el("a", { href: addressOf({ ...address, id: object.id, query: "" }) }, object.name),
      object.is_deleted ? el("span", { class: "none" }, " (deleted)") : null,
    ],
    ...(role ? [object.role] : []),
    tagLinks(object, address) ?? "",
    byWhom(object.updated_at, object.updated_by),
  ]);
  return { columns: ["Name", ...(role ? ["Role"] : []), "Tags", "Changed"], rows };
}

const rowsOf = {
  scenarios: versionedRows,
  personas: versionedRows,
  tests: testRows,
  sets: setRows,
  runs: runRows,
};

const orders = [
  ["", "newest first"],
  ["-updated_at", "changed last"],
  ["name", "by name"],
];

// What the server is asked for the address; a search has neither pages nor an order.
function questionOf(address, kind) {
  const given = address.query;
  const query = given.getAll("tag").map((tag) => ["tag", tag]);
  const text = (given.get("q") ?? "").trim();
  if (text && !kind.noSearch) return { path: kind.path + "/search", query: [...query, ["query", text]] };
  if (given.get("sort")) query.push(["sort_by", given.get("sort")]);
  if (given.get("after")) query.push(["continuation_token", given.get("after")]);
  if (kind === kinds.runs) query.push(...runQuery(given));
  else query.push(["is_deleted", "false"]);
  return { path: kind.path, query: [...query, ["limit", kind.limit]] };
}

function changed(address, changes) {
  const query = new URLSearchParams(address.query);
  query.delete("after");
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  return { ...address, query };
}

function nothing(address, kind) {
  const { query } = address;
  if ([...query.keys()].some((name) => name !== "sort"))
    return empty(
      "Nothing fits.",
      el("a", { href: addressOf({ ...address, query: "" }) }, "Show all " + kind.title.toLowerCase()),
      " or search for something else.",
    );
  if (kind.fields)
    return empty(
      "There are no " + kind.title.toLowerCase() + " in " + address.organization + " yet.",
      "Bring those of a project here with ",
      el("code", {}, "parley push"),
      ", or ",
      el("a", { href: addressOf({ ...address, id: "new", query: "" }) }, "write the first one"),
      ".",
    );
  if (kind === kinds.runs)
    return empty(
      "Nothing was run yet.",
      "Start one from ",
      el("a", { href: addressOf({ ...address, kind: "sets", query: "" }) }, "a set of unit tests"),
      ".",
    );
  return empty(
    "There are no " + kind.title.toLowerCase() + " in " + address.organization + " yet.",
    "They are made over the API: ",
    el("a", { href: "openapi.json" }, "its description"),
    " says how.",
  );
}

function pages(address, page, kind) {
  const links = [];
  if (address.query.get("after")) links.push(el("a", { href: addressOf(changed(address, {})) }, "← First page"));
  if (page.has_more)
    links.push(
      el("a", { href: addressOf(changed(address, { after: String(page.continuation_token) })) }, "Next page →"),
    );
  if (page.has_more === undefined && page[kind.list].length >= 50)
    links.push(el("span", { class: "none" }, "These are the 50 best matches."));
  return links.length
    ? el(
        "p",
        { class: "pages" },
        links.map((link) => [link, " "]),
      )
    : null;
}

function chips(address) {
  return address.query.getAll("tag").map((tag) => {
    const query = new URLSearchParams(address.query);
    query.delete("tag");
    for (const other of address.query.getAll("tag")) if (other !== tag) query.append("tag", other);
    const [key, ...value] = tag.split(":");
    const name = tagText([key, value.join(":") === "*" ? "any" : value.join(":") || null]);
    return el(
      "a",
      { class: "tag chosen", href: addressOf({ ...address, query }), "aria-label": "Remove the tag " + name },
      name + " ×",
    );
  });
}

// Tags that the objects of the list have, as the server tells them on the first page.
function tagChoice(address, values, onchange) {
  if (!values?.tags?.length) return null;
  const select = el(
    "select",
    {
      id: "tag",
      onchange: () => {
        const query = new URLSearchParams(address.query);
        query.append("tag", select.value + ":*");
        query.delete("after");
        onchange({ ...address, query });
      },
    },
    el("option", { value: "" }, "any"),
    values.tags.map((tag) => el("option", { value: tag }, tag)),
  );
  return el("span", {}, el("label", { for: "tag" }, "Tag"), " ", select);
}

function orderChoice(address, kind, go) {
  if (kind === kinds.runs || (address.query.get("q") && !kind.noSearch)) return null;
  const select = el(
    "select",
    { id: "sort", onchange: () => go(changed(address, { sort: select.value })) },
    orders.map(([value, text]) => el("option", { value }, text)),
  );
  select.value = address.query.get("sort") ?? "";
  return el("span", {}, el("label", { for: "sort" }, "Order"), " ", select);
}

function searchBox(address, kind, search) {
  if (kind.noSearch) return null;
  let waiting;
  const input = el("input", {
    id: "search",
    type: "search",
    autocomplete: "off",
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => search(input.value), searchDelay);
    },
  });
  input.value = address.query.get("q") ?? "";
  return el("span", { class: "search" }, el("label", { for: "search" }, "Search"), " ", input);
}

// #/acme/scenarios?q=refund&tag=team:billing
export async function listView(start, { signal }) {
  const kind = kinds[start.kind];
  let address = start;
  let asked = 0;
  const filters = el("div", { class: "filters", role: "search" });
  const output = el("output", { "aria-live": "polite" });
  const results = el("div", { id: "results" });
  const go = (next) => (location.hash = addressOf(next));

  const refresh = async () => {
    const mine = ++asked;
    const { path, query } = questionOf(address, kind);
    const page = await ask(address.organization, "GET", path, { query, signal });
    const objects = page[kind.list];
    const { columns, rows } = objects.length
      ? await rowsOf[address.kind](address, objects, signal)
      : { columns: [], rows: [] };
    if (mine !== asked) return page; // somebody typed on
    output.textContent = counted(objects.length, kind.one) + (page.has_more ? " on this page" : "");
    results.replaceChildren(
      ...[rows.length ? table(kind.title, columns, rows) : nothing(address, kind), pages(address, page, kind)].filter(
        Boolean,
      ),
    );
    return page;
  };
  // What is being typed does not fill the history.
  const search = (text) => {
    address = changed(address, { q: text });
    history.replaceState(null, "", addressOf(address));
    refresh().catch(
      (error) => error.name === "AbortError" || results.replaceChildren(empty(error.message, "Try again.")),
    );
  };
  const page = await refresh();
  filters.append(
    ...[
      searchBox(address, kind, search),
      kind === kinds.runs ? runFilters(address, go, changed) : tagChoice(address, page.filter_values, go),
      orderChoice(address, kind, go),
      ...chips(address),
      output,
    ].filter(Boolean),
  );
  const make = kind.fields
    ? el("a", { class: "press", href: addressOf({ ...address, id: "new", query: "" }) }, "New " + kind.one)
    : null;
  return {
    title: kind.title,
    nodes: [el("div", { class: "title" }, el("h1", { tabindex: "-1" }, kind.title), make), filters, results],
  };
}
