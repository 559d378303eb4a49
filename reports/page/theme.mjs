// Light, dark, or what the system says; kept for the next page.
import { el } from "./text.mjs";

const themes = ["auto", "light", "dark"];
const key = "parley-theme";

function kept() {
  try {
    return themes.includes(localStorage.getItem(key)) ? localStorage.getItem(key) : "auto";
  } catch {
    return "auto"; // pages from a disk may have no storage
  }
}

function apply(theme) {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
  try {
    localStorage.setItem(key, theme);
  } catch {
    // it is only forgotten
  }
}

export function startTheme() {
  const select = el(
    "select",
    { id: "theme", onchange: () => apply(select.value) },
    themes.map((theme) => el("option", { value: theme }, theme)),
  );
  select.value = kept();
  apply(select.value);
  document.querySelector(".tools").append(el("label", { for: "theme" }, "Theme"), " ", select);
}
