// Names of objects that others refer to by id.
import { ask } from "./api.mjs";
import { addressOf } from "./address.mjs";
import { kinds } from "./kinds.mjs";
import { el } from "../../../reports/page/text.mjs";

const most = 20; // ids of one question: the smallest page there is

// The object itself, or undefined.
export async function findOne(organization, kind, id, signal) {
  const page = await ask(organization, "GET", kinds[kind].path, { query: [["id", id]], signal });
  return page[kinds[kind].list][0];
}

// A map from id to object of those that are there.
export async function findAll(organization, kind, ids, signal) {
  const wanted = [...new Set(ids)];
  const found = new Map();
  for (let at = 0; at < wanted.length; at += most) {
    const query = wanted.slice(at, at + most).map((id) => ["id", id]);
    const page = await ask(organization, "GET", kinds[kind].path, { query: [...query, ["limit", most]], signal });
    for (const object of page[kinds[kind].list]) found.set(object.id, object);
  }
  return found;
}

// A link that bears the object's name; its id when it cannot be found.
export function linkTo(organization, kind, id, found) {
  const object = found.get(id);
  return el(
    "a",
    { href: addressOf({ organization, kind, id }), dir: "auto" },
    object ? object.name : el("code", {}, id),
    object?.is_deleted ? " (deleted)" : "",
  );
}
