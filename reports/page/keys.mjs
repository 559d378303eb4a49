// The keyboard: / for the filter, j and k, Esc.

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

// `act` has a function for each of: filter, move(step), escape.
export function startKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return act.escape();
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      act.filter();
    } else if (event.key === "j" || event.key === "k") act.move(event.key === "j" ? 1 : -1);
  });
}
