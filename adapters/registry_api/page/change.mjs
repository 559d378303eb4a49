// Changing what has no versions: an object's tags, and whether it is there at all.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { ask } from "./api.mjs";
import { dropDraft } from "./draft.mjs";
import { frame, tellRefusal } from "./edit.mjs";
import { controlOf, labelled, parseTags } from "./form.mjs";
import { kinds, tagsOf } from "./kinds.mjs";
import { findOne } from "./names.mjs";
import { crumbs, notice, tagText } from "./parts.mjs";
import { notThere } from "./versions.mjs";

const tagHint = "For instance: team: billing, smoke. Without any the object has none.";

const afterwards = {
  scenarios: "Its versions can still be read, and its name becomes free.",
  personas: "Its versions can still be read, and its name becomes free.",
  tests: "Runs that were held keep it.",
  sets: "Its unit tests and its runs stay.",
};

function tagsLine(object) {
  return tagsOf(object).map(tagText).join(", ");
}

function changeFrame(address, object, heading, view) {
  return {
    title: heading,
    nodes: [crumbs(address, kinds[address.kind].title), el("h1", { tabindex: "-1", dir: "auto" }, heading), view.form],
  };
}

function deletedAlready(address, object) {
  return {
    title: object.name,
    nodes: [
      crumbs(address, kinds[address.kind].title),
      el("h1", { tabindex: "-1", dir: "auto" }, object.name),
      notice("Deleted", el("p", {}, "It can no longer be changed.")),
    ],
  };
}

// #/acme/scenarios/ID/tags
export async function tagsView(address, { signal }) {
  const kind = kinds[address.kind];
  const { organization, id } = address;
  const look = () => findOne(organization, address.kind, id, signal);
  const object = await look();
  if (!object) return notThere(address);
  if (object.is_deleted) return deletedAlready(address, object);
  let known = tagsLine(object);
  const back = addressOf({ ...address, view: "", query: "" });
  const control = controlOf("field-tags", { hint: tagHint });
  control.value = known;
  const save = async () => {
    try {
      const now = tagsLine(await look());
      if (now !== known) {
        known = now;
        const theirs = "They are now: " + (now || "none") + ". Save again to put yours in their place.";
        return view.tell(notice("Somebody changed the tags while you were writing", el("p", {}, theirs)));
      }
      await ask(organization, "POST", kind.path + "/" + id, { body: { tags: parseTags(control.value) }, signal });
      location.hash = back;
    } catch (error) {
      tellRefusal(error, { controlAt: () => control }, view.tell);
    }
  };
  const heading = "Tags of " + object.name;
  const view = frame(heading, labelled("field-tags", "Tags", tagHint, control), "Save the tags", save, back);
  return changeFrame(address, object, heading, view);
}

// #/acme/scenarios/ID/delete
export async function deleteView(address, { signal }) {
  const kind = kinds[address.kind];
  const { organization, id } = address;
  const object = await findOne(organization, address.kind, id, signal);
  if (!object) return notThere(address);
  if (object.is_deleted) return deletedAlready(address, object);
  const back = addressOf({ ...address, view: "", query: "" });
  const save = async () => {
    try {
      await ask(organization, "DELETE", kind.path + "/" + id, { signal });
      dropDraft(address);
      location.hash = back;
    } catch (error) {
      tellRefusal(error, { controlAt: () => view.submit }, view.tell, "It was not deleted");
    }
  };
  const heading = "Delete " + object.name + "?";
  const what = "The " + kind.one + " can then neither be used nor changed, and nobody can bring it back. ";
  const view = frame(heading, el("p", {}, what + afterwards[address.kind]), "Delete the " + kind.one, save, back);
  return changeFrame(address, object, heading, view);
}
