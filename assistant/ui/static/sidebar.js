// Earlier conversations: the list, a new one, and one out of a file.

import { image, make } from "./dom.js";
import { chooseModels } from "./models.js";
import { at, call } from "./net.js";
import { complain } from "./toasts.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.list = app.find(".pal-sessions");
    app.find("[data-do=new]").addEventListener("click", () => (this.close(), app.show(null)));
    app.find("[data-do=models]").addEventListener("click", () => chooseModels(app).catch(complain));
    app.find("[data-do=theme]").addEventListener("click", () => app.toggleTheme());
    app.find("[data-do=open-side]").addEventListener("click", () => app.root.classList.add("side-open"));
    app.find("[data-do=close-side]").addEventListener("click", () => this.close());
  }

  close() {
    this.app.root.classList.remove("side-open");
  }

  async refresh() {
    const rows = await this.app.attempt(() => call("GET", "sessions"));
    if (!rows) return;
    this.list.replaceChildren(...rows.map((row) => this.item(row)));
  }

  item(row) {
    const { app } = this;
    const open = () => (this.close(), app.show(row.id));
    return make(
      "button",
      { type: "button", class: "pal-session", "aria-current": row.id === app.id ? "true" : null, title: row.title || "A conversation", onclick: open },
      row.shown ? image(at(`s/${row.id}/v/${row.shown}/thumbnail.jpg`), "") : make("i", { class: "blank" }),
      make("span", {}, row.title || "A conversation", make("small", {}, ago(row.updated))),
    );
  }
}

/** When, in words. */
function ago(time) {
  const minutes = (Date.now() / 1000 - time) / 60;
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${Math.round(minutes)} min ago`;
  if (minutes < 24 * 60) return `${Math.round(minutes / 60)} h ago`;
  return new Date(time * 1000).toLocaleDateString();
}
