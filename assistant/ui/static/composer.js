// Where people write: the message, variants, the place pointed at, and suggestions that fit what is on show.

import { button, image, make, once } from "./dom.js";
import { at } from "./net.js";

export const LONGEST = 4000; // characters of a message
const TWICE_MS = 1000; // an empty message so soon after another one is a key pressed twice

export class Composer {
  constructor(app) {
    this.app = app;
    this.form = app.find(".pal-form");
    this.area = this.form.querySelector("textarea");
    this.select = this.form.querySelector("select");
    this.chips = app.find(".pal-chips");
    this.place = app.find(".pal-region");
    const numbers = Array.from({ length: app.mostVariants }, (_, index) => make("option", { value: String(index + 1) }, String(index + 1)));
    this.select.append(...numbers);
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.send()));
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("input", () => this.fit());
    app.find("[data-do=stop]").addEventListener("click", () => app.stop());
  }

  get variants() {
    return Number(this.select.value);
  }

  /** Enter sends, Shift+Enter begins a new line. */
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  /** The area grows with what is written. */
  fit() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, 160)}px`;
  }

  /** Sends what is written; it stays where it is when it was not taken. */
  async send() {
    const words = this.area.value;
    if (this.sending || (!words.trim() && performance.now() - this.sent < TWICE_MS)) return;
    this.sending = true;
    this.area.value = "";
    this.fit();
    const taken = await this.app.say(words);
    this.sending = false;
    this.sent = performance.now();
    if (taken) this.select.value = "1";
    else this.area.value = [words, this.area.value].filter(Boolean).join("\n");
    this.fit();
  }

  draw() {
    const { app } = this;
    app.find("[data-do=stop]").hidden = !app.busy;
    this.fit(); // the stop button takes room
    this.area.placeholder = app.pointer ? "Say what to change…" : "Say what to draw…";
    this.area.maxLength = LONGEST * 4;
    this.drawRegion();
    this.chips.replaceChildren(...this.suggestions());
  }

  /** Starters that fit; none while something runs, or once they were all used. */
  suggestions() {
    const { app } = this;
    if (app.busy || app.canvas.region || !app.pointer) return [];
    const said = new Set([...app.turns.values()].map((turn) => turn.message));
    const done = new Set(app.script.map((id) => app.steps.get(id)?.words.toLowerCase())); // in other words, perhaps
    const drawn = app.script.map((id) => app.steps.get(id)).find((step) => step?.op === "generate")?.words ?? "";
    const shown = (starter) => starter.shows && drawn.includes(starter.shows);
    const left = app.starters[app.kind].filter((starter) => !said.has(starter.words) && !done.has(starter.words.toLowerCase()) && !shown(starter));
    return left.map((starter) => button(starter.words, starter.tool ? "Then paint over what shall go" : `Does it at once: ${starter.words}`, once(() => this.start(starter)), "pal-chip"));
  }

  start(starter) {
    if (starter.tool) this.app.canvas.setTool(starter.tool);
    else this.app.run(starter.steps, starter.words);
  }

  /** What was pointed at, with what can be done to it at once. */
  drawRegion() {
    const { app } = this;
    const region = app.canvas?.region;
    this.place.hidden = !region;
    for (const here of app.root.querySelectorAll("[data-here]")) here.hidden = !region;
    if (!region) return;
    if (app.root.dataset.view === "history") app.find(".pal-tabs [data-view=chat]").click(); // there is the message box
    const kind = region.mask ? "Brushed" : region.box ? "A box" : "A point";
    this.place.replaceChildren(
      make("p", {}, make("strong", {}, kind), ": say what shall happen here, or"),
      make(
        "div",
        { class: "row" },
        app.onRegion.map((item) => button(item.words, `${item.words} what you pointed at`, once(() => app.run([item.step], item.words, app.canvas.region)), "pal-chip")),
        button("✕", "Forget the place", () => app.canvas.clearRegion(), "pal-chip quiet"),
      ),
    );
  }

  /** The first minute: what can be drawn, pictures to try, where to drop one's own. */
  drawWelcome(root) {
    const { app } = this;
    const samples = Object.entries(app.samples).map(([name, sample]) =>
      make("button", { type: "button", class: "pal-sample", title: `${sample.words}. ${sample.source}`, onclick: once(() => app.sample(name)) },
        image(at(`samples/${name}.jpg`), sample.words), make("span", {}, sample.words), make("small", {}, sample.source)),
    );
    root.replaceChildren(
      make("h2", {}, "Drop a picture, and say what you want"),
      make("p", {}, "Every change is a step that can be undone, said anew or taken out. What you did not ask to change stays as it is, to the last pixel."),
      make("div", { class: "row centre" }, app.starters.none.map((starter) => button(starter.words, "Draws it at once", once(() => this.start(starter)), "pal-chip"))),
      make("div", { class: "row centre" }, button("Open a picture…", "PNG, JPEG, WebP, TIFF or HEIC", () => app.find("[data-do=open]").click(), "pal-button main")),
      make("p", { class: "or" }, "or try one of these"),
      make("div", { class: "pal-samples" }, samples),
    );
  }
}
