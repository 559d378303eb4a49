// Puts the page together: the address decides what is shown.
import { el } from "../../../reports/page/text.mjs";
import { startTheme } from "../../../reports/page/theme.mjs";
import { accountParts, signInView } from "./account.mjs";
import { addressOf, parseAddress } from "./address.mjs";
import { ask, session } from "./api.mjs";
import { deleteView, tagsView } from "./change.mjs";
import { compareView } from "./compare.mjs";
import { createView, editView } from "./edit.mjs";
import { kinds } from "./kinds.mjs";
import { listView } from "./list.mjs";
import { announce, button, notice, refusalText } from "./parts.mjs";
import { runView } from "./run.mjs";
import { setView, testView } from "./test_views.mjs";
import { objectView } from "./versions.mjs";

const main = document.getElementById("main");
const freely = "local"; // the organisation that a server without sign-in is asked for first
let current = new AbortController(); // of what is being shown

function viewOf({ kind, id, view }) {
  if (!id) return listView;
  if (kind === "runs") return runView;
  if (id !== "new" && view === "tags") return tagsView;
  if (id !== "new" && view === "delete") return deleteView;
  if (kind === "tests") return testView;
  if (kind === "sets") return setView;
  if (id === "new") return createView;
  return { edit: editView, compare: compareView }[view] ?? objectView;
}

function showTop(address) {
  const known = Boolean(address.organization);
  const links = Object.entries(kinds).filter(([, kind]) => known && !kind.hidden);
  document.getElementById("kinds").replaceChildren(
    ...links.map(([name, kind]) =>
      el(
        "a",
        {
          href: addressOf({ organization: address.organization, kind: name }),
          "aria-current": name !== address.kind ? undefined : address.id ? "true" : "page",
        },
        kind.title,
      ),
    ),
  );
  const leave = () => (location.hash = "");
  document.getElementById("account").replaceChildren(...(known ? accountParts(address, leave) : []));
}

function show({ title, nodes, focus }, moved) {
  document.title = title + " - Parley registry";
  main.replaceChildren(...nodes.flat().filter(Boolean));
  main.removeAttribute("aria-busy");
  const target = focus ? document.getElementById(focus) : null;
  if (target) target.scrollIntoView({ block: "start" });
  else if (moved) scrollTo(0, 0);
  if (moved) (target ?? main.querySelector("h1")).focus({ preventScroll: true });
}

function askToSignIn(address, why) {
  showTop({ ...address, organization: "" });
  const done = (organization) => {
    const there = organization === address.organization;
    const next = there ? location.hash : addressOf({ organization, kind: "scenarios" });
    if (location.hash === next) render();
    else location.hash = next;
  };
  show(signInView(address.organization || session()?.organization || "", why, done), true);
}

function whySignIn({ organization }) {
  const who = session();
  if (!who) return "";
  return !organization || who.organization === organization
    ? "Your sign-in has ended"
    : "You are signed in to another organization, " + who.organization;
}

function trouble(error) {
  return {
    title: "Not shown",
    nodes: [
      el("h1", { tabindex: "-1" }, "This cannot be shown"),
      notice(
        refusalText(error),
        el(
          "p",
          {},
          button("Try again", () => render()),
        ),
      ),
    ],
  };
}

// Without an organisation in the address: that of whoever is signed in, or, where nobody need sign in, the usual one.
async function findHome(signal) {
  const organization = session()?.organization ?? freely;
  await ask(organization, "GET", kinds.scenarios.path, { query: { limit: 0 }, signal });
  history.replaceState(null, "", addressOf({ organization, kind: "scenarios" }));
}

// `moved`: somebody followed a link, rather than opened the page.
async function render(moved = true) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  main.setAttribute("aria-busy", "true");
  announce("");
  try {
    if (!parseAddress(location.hash).organization) await findHome(signal);
    const address = parseAddress(location.hash);
    if (!Object.hasOwn(kinds, address.kind) || kinds[address.kind].hidden) address.kind = "scenarios";
    showTop(address);
    const view = await viewOf(address)(address, { signal });
    if (!signal.aborted) show(view, moved);
  } catch (error) {
    if (signal.aborted) return;
    const address = parseAddress(location.hash);
    if (error.status === 401) askToSignIn(address, whySignIn(address));
    else show(trouble(error), moved);
    if (error.status === undefined) throw error; // a bug: the console should have it
  }
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says where the reader is
  main.focus();
});
startTheme();
addEventListener("hashchange", () => render());
render(false);
