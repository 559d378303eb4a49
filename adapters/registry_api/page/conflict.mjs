// Somebody else saved a version while this one was being written.
import { el } from "../../../reports/page/text.mjs";
import { addressOf } from "./address.mjs";
import { button, byWhom, notice } from "./parts.mjs";

// The other tab is signed in because it has this one as its opener.
// `base` is the number of the version that was begun with, `latest` the one that is there now.
export function conflictNotice(address, base, latest, goOn) {
  const see = addressOf({ ...address, view: "compare", query: { from: base, to: latest.version } });
  return notice(
    "Version " + latest.version + " was saved while you were writing",
    el(
      "p",
      {},
      "Saved ",
      byWhom(latest.created_at, latest.creator),
      ". Nothing was overwritten, and what you typed stays here.",
    ),
    el(
      "p",
      { class: "buttons" },
      el("a", { class: "press", href: see, target: "_blank", rel: "opener" }, "See what it changed"),
      button("Go on from version " + latest.version, goOn),
    ),
  );
}

export function goingOnNotice(number) {
  return notice(
    "Your text becomes version " + (number + 1),
    el("p", {}, "It replaces what version " + number + " says: take over by hand what you want to keep of it."),
  );
}
