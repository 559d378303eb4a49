// A scenario or a persona: its versions, and what the chosen one says.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { ask } from "./api.mjs";
import { contentView } from "./content.mjs";
import { kinds } from "./kinds.mjs";
import { findOne } from "./names.mjs";
import { byWhom, changeLinks, crumbs, empty, facts, notice, tagLinks } from "./parts.mjs";

async function askVersions(address, query, signal) {
  const kind = kinds[address.kind];
  const path = kind.path + "/" + address.id + "/version";
  const page = await ask(address.organization, "GET", path, { query, signal });
  return { versions: page[kind.versions], next: page.has_more ? page.continuation_token : null };
}

export async function latestVersion(address, signal) {
  return (await askVersions(address, { version: "latest" }, signal)).versions[0];
}

// undefined: there is no such number.
export async function versionNumber(address, number, signal) {
  return (await askVersions(address, { version: number }, signal)).versions[0];
}

function versionRow(address, version, chosen) {
  const number = version.version;
  const read = addressOf({ ...address, query: { version: number } });
  const compare = addressOf({ ...address, view: "compare", query: { from: number - 1, to: number } });
  return el(
    "li",
    {},
    el(
      "a",
      { class: "number", href: read, "aria-current": number === chosen ? "true" : undefined },
      "Version " + number,
    ),
    byWhom(version.created_at, version.creator),
    number > 1
      ? el("a", { href: compare }, "what changed", el("span", { class: "unseen" }, " in version " + number))
      : el("span", { class: "none" }, "the first"),
  );
}

function versionList(address, page, chosen) {
  const older = page.next
    ? el("a", { href: addressOf({ ...address, query: { version: chosen, before: page.next } }) }, "Older versions →")
    : null;
  const newest = address.query.get("before")
    ? el("a", { href: addressOf({ ...address, query: "" }) }, "← Newest versions")
    : null;
  return el(
    "section",
    { class: "versions", "aria-labelledby": "versions-title" },
    el("h2", { id: "versions-title" }, "Versions"),
    el(
      "ol",
      {},
      page.versions.map((version) => versionRow(address, version, chosen)),
    ),
    newest || older ? el("p", { class: "pages" }, newest, " ", older) : null,
  );
}

// The first unit tests that refer to the object.
async function usedBy(address, signal) {
  const kind = kinds[address.kind];
  const query = [
    [kind.reference, address.id],
    ["is_deleted", "false"],
    ["limit", "20"],
  ];
  const page = await ask(address.organization, "GET", kinds.tests.path, { query, signal });
  const tests = page[kinds.tests.list];
  return el(
    "section",
    { "aria-labelledby": "used-title" },
    el("h2", { id: "used-title" }, "Used by"),
    tests.length
      ? el(
          "ul",
          { class: "plain-list" },
          tests.map((test) =>
            el(
              "li",
              {},
              el(
                "a",
                { href: addressOf({ ...address, kind: "tests", id: test.id, query: "" }), dir: "auto" },
                test.name,
              ),
            ),
          ),
          page.has_more ? el("li", { class: "none" }, "and more") : null,
        )
      : el("p", { class: "none" }, "No unit test refers to it."),
  );
}

export function notThere(address) {
  const { title, one } = kinds[address.kind];
  return {
    title: "Not found",
    nodes: [
      crumbs(address, title),
      el("h1", { tabindex: "-1" }, "Not found"),
      empty(
        "There is no such " + one + " in " + address.organization + ".",
        "The list shows all there are; search it by name.",
      ),
    ],
  };
}

function actions(address, object, latest) {
  if (object.is_deleted) return notice("Deleted", el("p", {}, "Its versions can be read; it takes no new one."));
  return el(
    "p",
    { class: "buttons" },
    el("a", { class: "press main", href: addressOf({ ...address, view: "edit", query: "" }) }, "New version"),
    latest > 1
      ? el(
          "a",
          { class: "press", href: addressOf({ ...address, view: "compare", query: { from: latest - 1, to: latest } }) },
          "Compare versions",
        )
      : null,
    changeLinks(address),
  );
}

// #/acme/scenarios/ID?version=2
export async function objectView(address, { signal }) {
  const kind = kinds[address.kind];
  const object = await findOne(address.organization, address.kind, address.id, signal);
  if (!object) return notThere(address);
  const before = address.query.get("before");
  const asked = address.query.get("version");
  const [page, latest, chosen, used] = await Promise.all([
    askVersions(address, before ? { continuation_token: before } : {}, signal),
    latestVersion(address, signal),
    asked ? versionNumber(address, asked, signal) : undefined,
    usedBy(address, signal),
  ]);
  const shown = asked ? chosen : latest;
  const title = shown ? "Version " + shown.version + (shown.version === latest.version ? ", the latest" : "") : "";
  return {
    title: object.name,
    nodes: [
      crumbs(address, kind.title),
      el("h1", { tabindex: "-1", dir: "auto" }, object.name),
      facts([
        ["Id", el("code", {}, object.id)],
        ["Role", object.role],
        ["Created", byWhom(object.created_at, object.creator)],
        ["Changed", byWhom(object.updated_at, object.updated_by)],
        ["Tags", tagLinks(object, address)],
      ]),
      actions(address, object, latest.version),
      el(
        "div",
        { class: "beside" },
        el(
          "article",
          { class: "sheet", "aria-labelledby": "content-title" },
          shown
            ? [el("h2", { id: "content-title" }, title), contentView(kind, shown)]
            : empty("There is no version " + asked + ".", "The versions that exist are listed beside."),
        ),
        el("div", { class: "side" }, versionList(address, page, shown?.version), used),
      ),
    ],
  };
}
