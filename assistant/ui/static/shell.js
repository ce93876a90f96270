// The frame of the page: light and dark, keys, and which part a phone shows.

const THEME = "palimpsest-theme";
const TEXT = "textarea, input:not([type=checkbox], [type=range], [type=file])"; // has an undo of its own

/** The chosen theme, else the system's. */
export function applyTheme(root) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => (root.dataset.theme = sessionStorage.getItem(THEME) || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", set);
  set();
}

/** Light to dark and back; kept for this visit only. */
export function toggleTheme(root) {
  const next = root.dataset.theme === "dark" ? "light" : "dark";
  sessionStorage.setItem(THEME, next);
  root.dataset.theme = next;
}

/** Undo, redo, stop; fields of text keep their own undo. */
export function bindKeys(app) {
  const act = (name) => app.act({ act: name });
  app.find("[data-do=undo]").addEventListener("click", () => act("undo"));
  app.find("[data-do=redo]").addEventListener("click", () => act("redo"));
  window.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector(".pal-dialog[open]")) return;
    if (event.key === "Escape" && app.root.classList.contains("side-open")) app.sidebar.close();
    else if (event.key === "Escape" && app.busy) app.stop();
    if (event.target.closest?.(TEXT)?.value) return;
    if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase())) return;
    event.preventDefault();
    const again = event.shiftKey || event.key.toLowerCase() === "y";
    if (!app.busy && (again ? app.canRedo : app.canUndo)) act(again ? "redo" : "undo");
  });
}

/** On a phone one part is shown at a time beside the picture. */
export function bindViews(app) {
  for (const tab of app.root.querySelectorAll(".pal-tabs button")) {
    tab.addEventListener("click", () => {
      app.root.dataset.view = tab.dataset.view;
      for (const other of app.root.querySelectorAll(".pal-tabs button")) other.setAttribute("aria-pressed", String(other === tab));
    });
  }
}
