// Writing a new version, or a new object with its first one.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { ask } from "./api.mjs";
import { conflictNotice, goingOnNotice } from "./conflict.mjs";
import { dropDraft, keepDraft, keptDraft } from "./draft.mjs";
import { parseTags, valuesOf, versionForm } from "./form.mjs";
import { contentOf, kinds } from "./kinds.mjs";
import { findOne } from "./names.mjs";
import { announce, button, crumbs, notice, problemText, refusalText } from "./parts.mjs";
import { latestVersion, notThere } from "./versions.mjs";

export function frame(title, nodes, saveLabel, save, back) {
  const told = el("div", { class: "told" });
  const submit = el("button", { class: "press main" }, saveLabel);
  const form = el(
    "form",
    {
      class: "sheet",
      onsubmit: async (event) => {
        event.preventDefault();
        submit.disabled = true;
        await save().finally(() => (submit.disabled = false));
      },
    },
    nodes,
    told,
    el("p", { class: "buttons" }, submit, el("a", { class: "press", href: back }, "Cancel")),
  );
  const tell = (...what) => {
    told.replaceChildren(...what);
    announce(told.textContent);
  };
  return { form, submit, tell, title };
}

// `title` says what did not come about.
export function tellRefusal(error, form, tell, title = "It was not saved") {
  if (error.name === "AbortError") return;
  if (error.status === 401) {
    const again = () => dispatchEvent(new Event("hashchange")); // whatever is asked next asks to sign in
    return tell(
      notice("Your sign-in has ended", el("p", {}, "What you typed is kept. ", button("Sign in again", again))),
    );
  }
  if (!error.problems?.length) return tell(notice(title, el("p", {}, refusalText(error))));
  tell(
    notice(
      title,
      el(
        "ul",
        {},
        error.problems.map((one) => el("li", {}, problemText(one))),
      ),
    ),
  );
  form.controlAt(error.problems[0].loc).focus();
}

function same(a, b) {
  const sorted = (value) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value;
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

// #/acme/scenarios/ID/edit
export async function editView(address, { signal }) {
  const kind = kinds[address.kind];
  const { organization, id } = address;
  const object = await findOne(organization, address.kind, id, signal);
  if (!object) return notThere(address);
  let latest = await latestVersion(address, signal);
  const kept = keptDraft(address);
  let base = kept?.base ?? latest.version;
  const first = valuesOf(kind, contentOf(kind, latest));
  const form = versionForm(kind, kept?.values ?? first, [], () => keepDraft(address, { base, values: form.read() }));
  const back = addressOf({ ...address, view: "", query: "" });

  const label = () => "Save as version " + (base + 1);
  const onConflict = () => {
    view.tell(
      conflictNotice(address, base, latest, () => {
        base = latest.version;
        keepDraft(address, { base, values: form.read() });
        view.submit.textContent = label();
        view.tell(goingOnNotice(base));
        view.submit.focus();
      }),
    );
  };
  const save = async () => {
    const { content, problem, control } = form.content();
    if (problem) {
      view.tell(notice("It was not saved", el("p", {}, problem)));
      return control.focus();
    }
    if (base === latest.version && same(content, contentOf(kind, latest)))
      return view.tell(notice("Nothing was saved", el("p", {}, "This is what version " + base + " says.")));
    try {
      const query = { version: base + 1 };
      const saved = await ask(organization, "POST", kind.path + "/" + id + "/version", {
        query,
        body: content,
        signal,
      });
      dropDraft(address);
      const shown = { from: saved.version - 1, to: saved.version, saved: 1 };
      location.hash = addressOf({ ...address, view: "compare", query: shown });
    } catch (error) {
      if (error.status === 400) latest = await latestVersion(address, signal);
      if (error.status === 400 && latest.version > base) return onConflict();
      tellRefusal(error, form, view.tell);
    }
  };
  const view = frame("New version of " + object.name, form.nodes, label(), save, back);
  if (kept) {
    const again = () => {
      dropDraft(address);
      base = latest.version;
      form.fill(valuesOf(kind, contentOf(kind, latest)));
      view.submit.textContent = label();
      view.tell();
    };
    view.tell(
      notice(
        "This is what you typed before and did not save",
        el("p", {}, button("Start again from version " + latest.version, again)),
      ),
    );
  }
  return {
    title: view.title,
    nodes: [crumbs(address, kind.title), el("h1", { tabindex: "-1", dir: "auto" }, view.title), view.form],
  };
}

// #/acme/scenarios/new
export async function createView(address, { signal }) {
  const kind = kinds[address.kind];
  const kept = keptDraft(address);
  const more = [
    {
      key: "name",
      label: "Name",
      hint: "Unique among the " + kind.title.toLowerCase() + "; it cannot be changed later.",
    },
    kind.hasRole ? { key: "role", label: "Role", hint: "Such as customer; it cannot be changed later." } : null,
    { key: "tags", label: "Tags", hint: "For instance: team: billing, smoke" },
  ].filter(Boolean);
  const values = kept?.values ?? valuesOf(kind, kind.blank);
  const form = versionForm(kind, values, more, () => keepDraft(address, { base: 0, values: form.read() }));
  const save = async () => {
    const { content, problem, control } = form.content();
    if (problem) {
      view.tell(notice("It was not saved", el("p", {}, problem)));
      return control.focus();
    }
    const { name, role, tags } = form.read();
    const body = { name, tags: parseTags(tags), initial_version: content, ...(kind.hasRole ? { role } : {}) };
    try {
      const made = await ask(address.organization, "POST", kind.path, { body, signal });
      dropDraft(address);
      location.hash = addressOf({ ...address, id: made[kind.idKey], query: "" });
    } catch (error) {
      tellRefusal(error, form, view.tell);
    }
  };
  const back = addressOf({ ...address, id: "", query: "" });
  const view = frame("New " + kind.one, form.nodes, "Create the " + kind.one, save, back);
  return {
    title: view.title,
    nodes: [crumbs(address, kind.title), el("h1", { tabindex: "-1" }, view.title), view.form],
  };
}
