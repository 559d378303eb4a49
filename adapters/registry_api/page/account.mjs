// Who is asking: signing in, signing out, and whose objects are shown.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { session, signIn, signOut } from "./api.mjs";
import { announce, notice, refusalText } from "./parts.mjs";

function field(name, label, hint, attributes) {
  return el(
    "div",
    { class: "field" },
    el("label", { for: name }, label),
    el("p", { class: "hint", id: name + "-hint" }, hint),
    el("input", { id: name, required: true, autocomplete: "off", "aria-describedby": name + "-hint", ...attributes }),
  );
}

// `done` is called with the organisation.
export function signInView(organization, why, done) {
  const told = el("div", { class: "told" }, why ? notice(why) : null);
  const value = (name) => document.getElementById(name).value.trim();
  const submit = async (event) => {
    event.preventDefault();
    try {
      await signIn(value("organization"), value("user"), value("key"));
      done(value("organization"));
    } catch (error) {
      const hint = error.status === 401 ? "The key is wrong or revoked, or belongs to another user: " : "";
      told.replaceChildren(notice("You are not signed in", el("p", {}, hint + refusalText(error))));
      announce(told.textContent);
    }
  };
  return {
    title: "Sign in",
    nodes: [
      el("h1", { tabindex: "-1" }, "Sign in"),
      el(
        "form",
        { class: "sheet narrow", onsubmit: submit },
        told,
        field("organization", "Organization", "As in parley org create.", {
          value: organization,
          autocapitalize: "none",
        }),
        field("user", "User", "Whom the key was made for.", { value: session()?.user ?? "", autocapitalize: "none" }),
        field("key", "API key", "From parley key create. The token made of it stays in this tab.", {
          type: "password",
        }),
        el("p", { class: "buttons" }, el("button", { class: "press main" }, "Sign in")),
      ),
    ],
  };
}

// At the top of the page. Without sign-in every organisation can be looked at.
export function accountParts(address, leave) {
  const who = session();
  if (who && who.organization === address.organization)
    return [
      el("span", {}, who.user + " at " + who.organization),
      " ",
      el("button", { type: "button", class: "press small", onclick: () => (signOut(), leave()) }, "Sign out"),
    ];
  const input = el("input", {
    id: "whose",
    value: address.organization,
    size: 12,
    autocomplete: "off",
    required: true,
  });
  const go = (event) => {
    event.preventDefault();
    location.hash = addressOf({ organization: input.value.trim(), kind: "scenarios" });
  };
  return [el("form", { onsubmit: go }, el("label", { for: "whose" }, "Organization"), " ", input)];
}
