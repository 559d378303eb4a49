// Two versions of one object, side by side: #/acme/scenarios/ID/compare?from=1&to=2
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { diffTable } from "./diff_table.mjs";
import { contentOf, kinds } from "./kinds.mjs";
import { contentLines, diffLines } from "./lines.mjs";
import { findOne } from "./names.mjs";
import { byWhom, crumbs, empty, notice } from "./parts.mjs";
import { latestVersion, notThere, versionNumber } from "./versions.mjs";

function chooser(address, name, label, chosen, latest, other) {
  const select = el(
    "select",
    {
      id: "version-" + name,
      onchange: () => {
        location.hash = addressOf({ ...address, query: { ...other, [name]: select.value } });
      },
    },
    Array.from({ length: latest }, (_, place) => el("option", { value: latest - place }, latest - place)),
  );
  select.value = String(chosen);
  return el("span", {}, el("label", { for: "version-" + name }, label), " ", select);
}

function counted(rows) {
  const removed = rows.filter((row) => !row.same && row.left).length;
  const added = rows.filter((row) => !row.same && row.right).length;
  return removed + (removed === 1 ? " line" : " lines") + " removed, " + added + " added.";
}

function numberOf(text, latest, otherwise) {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= latest ? number : otherwise;
}

export async function compareView(address, { signal }) {
  const kind = kinds[address.kind];
  const object = await findOne(address.organization, address.kind, address.id, signal);
  if (!object) return notThere(address);
  const latest = (await latestVersion(address, signal)).version;
  const to = numberOf(address.query.get("to"), latest, latest);
  const from = numberOf(address.query.get("from"), latest, Math.max(1, to - 1));
  const [left, right] = await Promise.all([from, to].map((number) => versionNumber(address, number, signal)));
  const rows = diffLines(contentLines(contentOf(kind, left)), contentLines(contentOf(kind, right)));
  const side = (version) => ["Version " + version.version + ", ", byWhom(version.created_at, version.creator)];
  const back = addressOf({ ...address, view: "", query: "" });
  return {
    title: object.name + ", versions " + from + " and " + to,
    nodes: [
      el("p", { class: "crumbs" }, el("a", { href: back, dir: "auto" }, "← " + object.name)),
      address.query.get("saved") ? notice("Saved as version " + to, el("p", {}, "This is what it changed.")) : null,
      el("h1", { tabindex: "-1", dir: "auto" }, "Versions of " + object.name),
      el(
        "p",
        { class: "choose" },
        chooser(address, "from", "Version", from, latest, { to }),
        chooser(address, "to", "beside version", to, latest, { from }),
        el("span", { class: "none" }, counted(rows)),
      ),
      rows.every((row) => row.same)
        ? empty("Both say the same.", "Choose other versions above.")
        : diffTable([side(left), side(right)], rows),
    ],
  };
}
