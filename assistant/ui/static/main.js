// The studio: one session on show, told by its feed. What is known lives here; how it looks lives in the other files.

import { Canvas } from "./canvas.js";
import { Composer } from "./composer.js";
import { make } from "./dom.js";
import { bindFiles } from "./files.js";
import { drawTree } from "./history.js";
import { at, call, follow } from "./net.js";
import { drawScript } from "./script.js";
import { Sidebar } from "./sidebar.js";
import { applyTheme, bindKeys, bindViews, toggleTheme } from "./shell.js";
import { ask, complain } from "./toasts.js";
import { Conversation } from "./conversation.js";

const LOOK_MS = 2000; // between two looks whether the models are there
const AGAIN_MS = 3000; // until the page begins again where the program did not answer
const SECONDS_A_STEP = 0.5; // of the embedded painter, for what is said before something is painted anew

class Studio {
  constructor(root, about) {
    this.root = root;
    this.starters = about.starters;
    this.samples = about.samples;
    this.onRegion = about.on_a_region;
    this.schemas = about.schemas;
    this.mostVariants = about.variants;
    this.mostBytes = about.max_bytes;
    this.forget();
    this.canvas = new Canvas(this.find(".pal-canvas-root"), { onRegion: () => this.composer.draw(), onStatus: (words) => words.includes("could not") && complain(new Error(words)) });
    this.conversation = new Conversation(this);
    this.composer = new Composer(this);
    this.sidebar = new Sidebar(this);
    this.find("[data-do=compare-with]").addEventListener("click", () => this.setComparing(!this.comparing));
    bindFiles(this);
    bindKeys(this);
    bindViews(this);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** Nothing known yet of any session. */
  forget() {
    this.id = this.id ?? null;
    this.turns = new Map();
    this.versions = new Map();
    this.steps = new Map();
    this.script = [];
    this.pointer = null;
    this.size = null;
    this.drawn = false;
    this.busy = false;
    this.canUndo = this.canRedo = false;
    this.told = false; // by the feed
    this.trouble = "";
    this.title = "";
    this.open = null;
    this.compared = null;
    this.comparing = false;
  }

  get versionList() {
    return [...this.versions.values()];
  }

  /** What starters fit: no picture, one of the sketchbook's, a photograph. */
  get kind() {
    if (!this.pointer) return "none";
    const sample = this.versionList.find((version) => !version.parent)?.label === this.samples.postcard?.words;
    return this.drawn || sample ? "sketch" : "photo";
  }

  // -- sessions -------------------------------------------------------------------------------------------------------

  /** Shows a session, or the empty page. `told`: all that it holds is known; `replace`: there is no way back. */
  show(id, { told = !id, replace = false } = {}) {
    this.unfollow?.();
    this.unfollow = null;
    this.id = id;
    this.forget();
    this.told = told;
    const address = new URL(location.href);
    if (id) address.searchParams.set("s", id);
    else address.searchParams.delete("s");
    if (address.href !== location.href) window.history[replace ? "replaceState" : "pushState"](null, "", address);
    this.canvas.clearRegion();
    this.setModels({ state: "cold" });
    this.draw();
    if (!id) this.watchModels();
    else this.unfollow = follow(id, (patch, first) => this.take(patch, first), (refused) => this.lost(refused), () => this.isWriting());
    this.sidebar.refresh();
  }

  /** The session, made when there is none yet; who asks while it is being made is given the same one. */
  async session() {
    if (this.id) return this.id;
    this.making ??= call("POST", "sessions").finally(() => (this.making = null));
    const { id } = await this.making;
    if (!this.id) this.show(id, { told: true });
    return id;
  }

  /** Whether a step's form is open: it would be lost when everything is told anew. */
  isWriting() {
    return Boolean(this.root.querySelector("form.pal-meant"));
  }

  /** The feed broke off: either the session is not there, or the program is not. */
  async lost(refused) {
    const { id } = this;
    this.setModels({ state: "gone" });
    const known = await call("GET", "sessions").catch(() => null);
    if (!known || this.id !== id || !(refused || this.turns.size) || known.some((row) => row.id === id)) return;
    complain(new Error("This conversation is no longer there."));
    this.show(null, { replace: true });
  }

  /** While there is no feed to tell it: how far the models are. */
  async watchModels() {
    const models = await call("GET", "models").catch(() => ({ state: "gone" }));
    clearTimeout(this.looking);
    if (this.id) return;
    this.setModels(models);
    if (!["ready", "failed"].includes(models.state)) this.looking = setTimeout(() => this.id || this.watchModels(), LOOK_MS);
  }

  // -- what the feed says ---------------------------------------------------------------------------------------------

  take(patch, first) {
    const place = first && this.told ? this.conversation.place() : null; // told before: the feed was taken up again
    this.told = true;
    if (first) {
      this.turns.clear();
      this.versions.clear();
      this.steps.clear();
      this.script = [];
      this.conversation.clear();
    }
    const before = this.pointer;
    const wasBusy = this.busy;
    for (const version of patch.versions) this.versions.set(version.id, version);
    for (const step of patch.steps) this.steps.set(step.id, step);
    this.script.splice(patch.script.at, patch.script.out, ...patch.script.in);
    Object.assign(this, { pointer: patch.pointer, size: patch.size, drawn: patch.drawn, busy: patch.busy, title: patch.title, trouble: patch.trouble });
    Object.assign(this, { canUndo: patch.can_undo, canRedo: patch.can_redo, references: patch.references });
    this.turns.delete("waiting");
    for (const turn of patch.turns) this.turns.set(turn.id, turn);
    this.setModels(patch.models);
    if (!this.busy) this.conversation.expect(null);
    this.conversation.update(patch.turns, first);
    if (place !== null) this.conversation.backTo(place);
    if (before !== this.pointer) this.compared = null;
    if (before !== this.pointer || first) this.drawPicture();
    if (before !== this.pointer) this.conversation.mark();
    this.drawRest();
    if ((wasBusy && !this.busy) || patch.versions.length) this.sidebar.refresh();
  }

  setModels(models) {
    this.models = models;
    const words = { loading: "Warming up…", failed: models.error, gone: "The program does not answer. Trying again…" };
    const place = this.find(".pal-models");
    place.textContent = words[models.state] || "";
    place.dataset.state = models.state;
  }

  draw() {
    this.conversation.clear();
    this.conversation.update([], true);
    this.drawPicture();
    this.drawRest();
  }

  /** The picture on show, and the one before it to compare with. */
  drawPicture() {
    if (!this.pointer || !this.size) {
      this.canvas.show(null);
      this.drawEmpty();
      return this.canvas.setBefore(null);
    }
    const version = this.versions.get(this.pointer);
    const url = (id) => at(`s/${this.id}/v/${id}/preview.jpg`);
    const [width, height] = this.size;
    this.canvas.show({ url: url(version.id), width, height, alt: version.label || "the picture", key: version.id });
    const other = this.compared ?? version.parent;
    return this.canvas.setBefore(other ? { url: url(other), alt: "before", key: other } : null);
  }

  drawRest() {
    this.root.classList.toggle("bare", this.told && !this.pointer && !this.turns.size);
    this.find(".pal-title").textContent = this.title || "New conversation";
    this.find("[data-do=undo]").disabled = !this.canUndo || this.busy;
    this.find("[data-do=redo]").disabled = !this.canRedo || this.busy;
    this.find(".pal-menu").classList.toggle("empty", !this.pointer);
    for (const link of this.root.querySelectorAll("a[data-download]")) this.setDownload(link);
    drawTree(this.find(".pal-tree"), this, (id) => this.picked(id));
    drawScript(this.find(".pal-steps"), this);
    this.composer.draw();
  }

  setDownload(link) {
    const kind = link.dataset.download;
    link.href = this.pointer ? at(kind === "session" ? `s/${this.id}/export.zip` : `s/${this.id}/v/${this.pointer}/download.${kind}`) : "#";
  }

  /** What stands where the picture will be, or why it cannot be shown. */
  drawEmpty() {
    const root = this.find("[data-empty]");
    if (this.trouble) root.replaceChildren(make("h2", {}, "This version cannot be shown"), make("p", {}, this.trouble), make("p", {}, "The others are in the history."));
    else if (this.told) this.composer.drawWelcome(root);
    else root.replaceChildren(make("p", {}, "Opening this conversation…"));
  }

  // -- what people do -------------------------------------------------------------------------------------------------

  /** Runs a call and says what goes wrong. */
  async attempt(work) {
    try {
      return await work();
    } catch (error) {
      complain(error);
      return null;
    }
  }

  /** Sends a message; resolves to whether it was taken. */
  say(message, more = {}) {
    return this.attempt(async () => {
      const id = await this.session();
      const region = this.canvas.region;
      this.conversation.expect(message);
      try {
        await call("POST", `s/${id}/say`, { message, region, variants: this.composer.variants, ...more });
      } catch (error) {
        this.conversation.expect(null);
        throw error;
      }
      this.canvas.clearRegion();
      return true;
    });
  }

  /** Does what a click asks for, and closes the form it came from; first says what would be painted anew. */
  act(asked) {
    return this.attempt(async () => {
      const id = await this.session();
      const said = await call("POST", `s/${id}/act`, asked);
      if (said.repaints && !(await this.anew(id, asked, said.repaints))) return false;
      if (asked.step) this.shut();
      return true;
    });
  }

  /** Asks what shall become of painted steps, and does it; whether anything was done. */
  async anew(id, asked, repaints) {
    const many = repaints > 1;
    const time = Math.max(1, Math.round(repaints * SECONDS_A_STEP));
    const answer = await ask(
      many ? `${repaints} painted steps come after this` : "A painted step comes after this",
      `Painting ${many ? "them" : "it"} anew takes about ${time} s and may look a little different. You can also keep what was painted, moved along.`,
      [["Paint anew", "anew", "main"], ["Keep as painted", "keep"], ["Leave it", null]],
    );
    if (answer) await call("POST", `s/${id}/act`, { ...asked, sure: true, keep_painted: answer === "keep" });
    return Boolean(answer);
  }

  /** Changes fields of a step, or its place to where somebody pointed. */
  revise(step, fields, here = false) {
    return this.act({ act: "revise", step: step.id, fields, region: here ? this.canvas.region : null });
  }

  /** A starter or a click on a region: steps that need no understanding. */
  async run(steps, words, region = null) {
    const done = await this.act({ act: "steps", steps, words, region });
    if (done && region) this.canvas.clearRegion();
    return done;
  }

  go(id) {
    return id === this.pointer ? null : this.act({ act: "goto", version: id });
  }

  async picked(id) {
    if (!this.comparing) return this.go(id);
    this.compared = id === this.compared ? null : id;
    this.setComparing(false);
    await this.drawPicture();
    this.canvas.toggleCompare(Boolean(this.compared));
    return null;
  }

  setComparing(on) {
    this.comparing = on;
    this.find("[data-do=compare-with]").setAttribute("aria-pressed", String(on));
    drawTree(this.find(".pal-tree"), this, (id) => this.picked(id));
  }

  stop() {
    return this.attempt(() => call("POST", `s/${this.id}/stop`, {}));
  }

  /** The message that waits is not sent after all; the one before it goes on. */
  takeBack() {
    return this.attempt(() => call("POST", `s/${this.id}/stop`, { back: true }));
  }

  keep(turn) {
    return this.attempt(() => call("POST", `s/${this.id}/keep/${turn}`));
  }

  /** Opens or closes the form of a step. */
  toggle(key) {
    this.open = this.open === key ? null : key;
    this.conversation.redraw();
    drawScript(this.find(".pal-steps"), this);
    this.find(".pal-meant")?.scrollIntoView({ block: "nearest" });
  }

  /** Closes the form that is open. */
  shut() {
    if (this.open) this.toggle(this.open);
  }

  sample(name) {
    return this.attempt(async () => call("POST", `s/${await this.session()}/sample/${name}`));
  }

  toggleTheme() {
    toggleTheme(this.root);
  }
}

/** Begins when the framework has put the shell on the page; whether that is done. */
async function begin() {
  const root = document.getElementById("pal");
  if (!root || root.dataset.begun) return Boolean(root?.dataset.ready);
  root.dataset.begun = "true";
  if (!root.dataset.theme) applyTheme(root);
  const about = await call("GET", "about").catch((error) => complain(error));
  if (!about) {
    setTimeout(() => delete root.dataset.begun, AGAIN_MS);
    return false;
  }
  const studio = new Studio(root, about);
  window.addEventListener("popstate", () => studio.show(new URL(location.href).searchParams.get("s")));
  studio.show(new URL(location.href).searchParams.get("s"));
  root.dataset.ready = "true";
  return true;
}

const waiting = setInterval(async () => (await begin()) && clearInterval(waiting), 30);
