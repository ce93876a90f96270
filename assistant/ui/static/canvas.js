// The picture on its mat: looking closer, pointing at a part of it (brush, box, point), and comparing with before.

import { Brush } from "./brush.js";
import { Bar, BRUSH, TOOLS } from "./canvas-bar.js";
import { Gestures } from "./canvas-gestures.js";
import { Marks } from "./canvas-marks.js";
import { clamp, isSmall, still, View } from "./canvas-view.js";
import { Compare, loaded, settle } from "./compare.js";

/** @typedef {{url: string, width: number, height: number, alt?: string, key?: string}} Picture */
/** @typedef {[number, number, number, number]} Box left, top, right, bottom in percent */
/** @typedef {{mask: string, size: [number, number]} | {box: Box} | {click: [number, number]}} Region */
/** @typedef {"look" | "brush" | "box" | "click"} Tool */

const ZOOM_STEP = 1.25;
const FADE_MS = 150;
const NARROW = 800;
const LABELLED = 960;
const SHOW_SIZE_MS = 900;
const HINTS = {
  look: "Look around: wheel or pinch to zoom, drag to move, double click for full size.",
  brush: "Brush over the part you mean. Hold Alt, or take the eraser, to rub out.",
  box: "Drag a box around the part you mean. Its corners can be moved afterwards.",
  click: "Press on the thing you mean.",
};
const MARKUP = `
  <div class="pc-stage" tabindex="0" role="group" aria-label="The picture">
    <div class="pc-sheets"></div>
    <canvas class="pc-veil" aria-hidden="true"></canvas>
    <div class="pc-marks"></div>
    <div class="pc-cursor" aria-hidden="true" hidden></div>
  </div>
  <div class="canvas-empty"></div>
  <div class="pc-bar" role="group" aria-label="Picture tools"></div>`;
const NOTHING = `
  <svg class="pc-blank" viewBox="0 0 96 72" aria-hidden="true">
    <path d="M14 6h58l12 12v48H14Z"/><path d="M72 6v12h12"/><path d="M26 56c9-16 15-16 22-6 5-8 11-8 20 6"/>
  </svg><p>No picture yet</p>`;

/** Whether keys typed now go into a text. */
function typing(event) {
  const at = event.composedPath()[0];
  if (!(at instanceof Element)) return false;
  if (at.matches("input")) return !/^(range|checkbox|radio|button|submit|color|file)$/.test(at.type);
  return at.matches("textarea, select") || at.isContentEditable;
}

export class Canvas {
  #root; #slot; #stage; #sheets; #onRegion; #onStatus; #ends = new AbortController(); #watcher; #themes;
  #bar; #brush; #compare; #gestures; #marks; #view = new View(() => this.#put());
  #picture = null; #turn = 0; #sizeTimer = 0;
  #hand = { tool: "look", size: BRUSH.usual, erasing: false, alt: false, space: false, over: false, ready: false };

  /**
   * @param {HTMLElement} root an element that fills its pane; a child with [data-empty] is kept for the empty state
   * @param {{onRegion?: (region: Region | null) => void, onStatus?: (text: string) => void}} [calls]
   */
  constructor(root, { onRegion = () => {}, onStatus = () => {} } = {}) {
    this.#root = root;
    this.#onRegion = onRegion;
    this.#onStatus = onStatus;
    this.#slot = root.querySelector("[data-empty]");
    this.#build();
    this.#listen();
    this.#watch();
    this.#resize(BRUSH.usual);
    this.#lay();
  }

  /**
   * Shows a picture, or none. Resolves when it is on the page.
   * @param {Picture | null} picture
   */
  async show(picture) {
    const turn = ++this.#turn;
    if (!picture) return this.#bare();
    const image = await loaded(picture).catch(() => null);
    if (turn !== this.#turn) return;
    if (image) this.#change(image, picture);
    else this.#onStatus("This picture could not be shown.");
  }

  /** The picture to compare with, or null. @param {Picture | null} picture */
  async setBefore(picture) {
    if (await this.#compare.setBefore(picture)) this.#lay();
  }

  /** What is marked on the picture, or null. The mask's `size` is in its own pixels. @returns {Region | null} */
  get region() {
    const { box, pin } = this.#marks;
    if (box) return { box: [...box] };
    if (pin) return { click: [...pin] };
    return this.#brush.region;
  }

  /** Takes away what is marked. */
  clearRegion() {
    this.#gestures.cancel();
    const had = this.region;
    this.#marks.set(null, null);
    this.#brush.clear();
    this.#say();
    if (had) this.#onRegion(null);
  }

  /** Takes up a tool. @param {Tool} tool */
  setTool(tool) {
    if (!TOOLS.includes(tool)) throw new RangeError(`There is no tool called ${tool}`);
    if (tool === this.#hand.tool) return;
    this.#gestures.cancel();
    this.#hand.tool = tool;
    this.#hand.erasing = false;
    if (tool !== "look") this.toggleCompare(false);
    this.#say();
    this.#gestures.circle();
    this.#onStatus(HINTS[tool]);
  }

  /** The tool in hand. @returns {Tool} */
  get tool() {
    return this.#hand.tool;
  }

  /** Shows or hides the divider between before and after. @param {boolean} [on] the other way round when left out */
  toggleCompare(on = !this.#compare.on) {
    on = Boolean(on) && this.#comparable;
    if (on === this.#compare.on) return;
    this.#compare.on = on;
    if (on) this.setTool("look");
    this.#lay();
    if (on) this.#onStatus("Drag the line to compare with the picture before.");
  }

  /** Fills the screen with the picture, or gives the screen back. */
  async fullscreen() {
    if (document.fullscreenElement === this.#root) return document.exitFullscreen();
    if (this.#filling) return this.#fill(false);
    if (!this.#root.requestFullscreen) return this.#fill(true);
    return this.#root.requestFullscreen().catch(() => this.#fill(true));
  }

  /** Takes everything away: listeners, observers and elements. */
  destroy() {
    this.#turn += 1;
    this.#ends.abort();
    this.#watcher.disconnect();
    this.#themes.disconnect();
    this.#brush.destroy();
    this.#view.stop();
    clearTimeout(this.#sizeTimer);
    const mine = [...this.#root.classList].filter((name) => name === "pal-canvas" || name.startsWith("is-"));
    this.#root.classList.remove(...mine);
    this.#root.replaceChildren(...(this.#slot ? [this.#slot] : []));
  }

  // ---- building ----

  /** Makes the elements and their keepers. */
  #build() {
    const root = this.#root;
    root.innerHTML = MARKUP;
    root.classList.add("pal-canvas", "is-empty");
    const find = (name) => root.querySelector(name);
    [this.#stage, this.#sheets] = [find(".pc-stage"), find(".pc-sheets")];
    if (this.#slot) find(".canvas-empty").append(this.#slot);
    else find(".canvas-empty").innerHTML = NOTHING;
    this.#bar = new Bar(find(".pc-bar"));
    this.#marks = new Marks(find(".pc-marks"));
    this.#brush = new Brush(find(".pc-veil"));
    this.#compare = new Compare(this.#stage, this.#ends.signal);
    const parts = { view: this.#view, marks: this.#marks, brush: this.#brush, compare: this.#compare };
    this.#gestures = new Gestures(root, this.#hand, parts, {
      changed: () => this.#changed(), only: (kind) => this.#only(kind), status: (text) => this.#onStatus(text),
    });
  }

  /** Listens to everything, until destroyed. */
  #listen() {
    const { signal } = this.#ends;
    const on = (target, types, call, options = {}) =>
      types.split(" ").forEach((type) => target.addEventListener(type, call, { signal, ...options }));
    this.#gestures.listen(on);
    on(this.#stage, "keydown", (event) => this.#stageKey(event));
    on(document, "keydown keyup", (event) => this.#key(event));
    on(window, "blur", () => this.#release());
    on(document, "fullscreenchange", () => this.#filled());
    on(this.#stage, "focus blur", (event) => this.#focused(event));
    on(this.#bar.element, "click", (event) => this.#clicked(event));
    on(this.#bar.size, "input", () => this.#resize(Number(this.#bar.size.value), true));
    on(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.#brush.repaint());
    this.#listenHold(on, this.#bar.button("hold"));
  }

  /** The button that shows before while it is held, by pointer or by key. */
  #listenHold(on, hold) {
    on(hold, "pointerdown", (event) => {
      if (event.button !== 0) return;
      hold.setPointerCapture(event.pointerId);
      this.#hold(true);
    });
    on(hold, "pointerup pointercancel lostpointercapture blur", () => this.#hold(false));
    on(hold, "contextmenu", (event) => event.preventDefault());
    on(hold, "keydown keyup", (event) => {
      if (event.key === " " || event.key === "Enter") this.#hold(event.type === "keydown");
    });
  }

  /** Watches the sizes of the pane and the bar, and the theme, which the veil takes its colour from. */
  #watch() {
    this.#watcher = new ResizeObserver(() => this.#lay());
    for (const element of [this.#root, this.#bar.element]) this.#watcher.observe(element);
    this.#themes = new MutationObserver(() => this.#brush.repaint());
    for (const element of [document.documentElement, document.body]) {
      this.#themes.observe(element, { attributes: true });
    }
  }

  // ---- the picture ----

  /** Nothing is shown. */
  #bare() {
    this.#view.stop();
    this.clearRegion();
    this.#picture = null;
    this.#compare.on = this.#compare.held = false;
    this.#sheets.replaceChildren();
    this.#lay();
  }

  /** Another picture takes the place of the one before; zoom and pan stay when its size is the same. */
  #change(image, picture) {
    const old = this.#picture;
    const same = old && old.width === picture.width && old.height === picture.height;
    if (!same) this.#begin(picture);
    this.#picture = picture;
    this.#view.take(picture, !same);
    this.#sheets.lastElementChild.append(image);
    this.#lay();
    setTimeout(() => this.#tidy(), still() ? 0 : FADE_MS + 30);
  }

  /** A fresh sheet for a picture of another size, unmarked. */
  #begin(picture) {
    this.clearRegion();
    this.#brush.resize(picture.width, picture.height);
    for (const sheet of this.#sheets.children) sheet.classList.add("is-leaving");
    this.#sheets.insertAdjacentHTML("beforeend", '<div class="pc-sheet"></div>');
    this.#sheets.lastElementChild.classList.toggle("is-small", isSmall(picture));
  }

  /** Takes away what has faded. */
  #tidy() {
    const sheets = [...this.#sheets.children];
    for (const sheet of sheets.slice(0, -1)) sheet.remove();
    for (const image of [...(sheets.at(-1)?.children ?? [])].slice(0, -1)) image.remove();
  }

  /** Whether there is something to compare with. */
  get #comparable() {
    return Boolean(this.#picture && this.#compare.picture);
  }

  /** Puts everything where it belongs now. */
  #lay() {
    const { clientWidth: width, clientHeight: height, classList } = this.#root;
    this.#hand.ready = Boolean(this.#picture);
    classList.toggle("is-empty", !this.#picture);
    classList.toggle("is-narrow", width < NARROW);
    classList.toggle("is-labelled", width >= LABELLED);
    this.#view.measure(width, height, height - this.#bar.element.offsetTop);
    this.#root.style.setProperty("--pc-rim", `${this.#view.border(false)}px`);
    this.#root.style.setProperty("--pc-mat", `${this.#view.border(true)}px`);
    if (this.#picture) this.#put();
    this.#say();
  }

  /** Puts the picture, what is marked on it and what it is compared with into their frames. */
  #put() {
    const view = this.#view;
    view.settle();
    settle(this.#sheets.lastElementChild, view.frame);
    settle(this.#marks.element, view.frame);
    this.#brush.place(view.frame, this.#stage.clientWidth, this.#stage.clientHeight);
    this.#beside();
    this.#bar.zoom(view);
    this.#root.classList.toggle("is-zoomed", view.loose);
  }

  /** The picture before lies over this one when its shape is the same, else in a frame of its own. */
  #beside() {
    const before = this.#compare.picture;
    if (!before) return this.#compare.refresh();
    const shape = before.width / before.height / (this.#picture.width / this.#picture.height);
    const alike = Math.abs(shape - 1) < 0.01;
    const frame = this.#view.frame;
    this.#compare.place(frame, alike ? frame : this.#view.whole(before), isSmall(alike ? this.#picture : before));
  }

  // ---- what is marked, and what the bar says ----

  /** A region of one kind takes the place of those of the others. */
  #only(kind) {
    if (kind !== "brush") this.#brush.clear();
    this.#marks.set(kind === "box" ? this.#marks.box : null, kind === "click" ? this.#marks.pin : null);
  }

  /** The region has changed: the bar and the owner are told. */
  #changed() {
    this.#say();
    this.#onRegion(this.region);
  }

  /** The bar says what is so. */
  #say() {
    const { tool, erasing } = this.#hand;
    const { on, held } = this.#compare;
    this.#root.dataset.tool = tool;
    this.#root.classList.toggle("is-comparing", on || held);
    this.#bar.tools(tool, erasing, Boolean(this.region));
    this.#bar.comparing(this.#comparable, on, held);
    if (on) this.#bar.hint("Drag the line across");
  }

  /** Another brush size; the circle shows it amid the picture for a moment. */
  #resize(size, shown = false) {
    this.#hand.size = clamp(Math.round(size), BRUSH.least, BRUSH.most);
    this.#bar.brush(this.#hand.size);
    clearTimeout(this.#sizeTimer);
    if (!shown) return this.#gestures.circle();
    this.#hand.over = true;
    this.#gestures.circle(null, this.#view.middle);
    this.#sizeTimer = setTimeout(() => this.#gestures.leave(), SHOW_SIZE_MS);
  }

  /** Takes up the eraser, or lays it down. */
  #erase() {
    this.#hand.erasing = !this.#hand.erasing;
    this.#say();
  }

  /** Shows the picture before while held. */
  #hold(on) {
    on = on && this.#comparable;
    if (on === this.#compare.held) return;
    this.#compare.held = on;
    this.#compare.refresh();
    this.#say();
  }

  // ---- keys and controls ----

  /** A control of the bar was used; a pointer leaves the keyboard with the picture, ready for arrows and Space. */
  #clicked(event) {
    const doing = event.target.closest("[data-do]")?.dataset.do;
    if (!doing) return;
    this.#act(doing);
    if (event.detail && this.#compare.on) this.#compare.focus();
    else if (event.detail) this.#stage.focus({ preventScroll: true });
  }

  /** The picture shows that it has the focus when the keyboard brought it. */
  #focused(event) {
    this.#root.classList.toggle("is-keyed", event.type === "focus" && this.#stage.matches(":focus-visible"));
  }

  /** What a control of the bar does. */
  #act(doing) {
    const view = this.#view;
    const acts = {
      erase: () => this.#erase(), clear: () => this.clearRegion(), percent: () => view.swap(),
      out: () => view.ease(view.scale / ZOOM_STEP), in: () => view.ease(view.scale * ZOOM_STEP),
      compare: () => this.toggleCompare(), full: () => this.fullscreen(),
    };
    if (TOOLS.includes(doing)) this.setTool(doing);
    else acts[doing]?.();
  }

  /** Keys that are held: B for before, Space to move the picture, Alt to rub out. */
  #key(event) {
    const down = event.type === "keydown";
    if (down && (typing(event) || event.defaultPrevented)) return;
    if (event.key === "Alt") this.#hand.alt = down;
    const plain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (event.key.toLowerCase() === "b" && (plain || !down)) this.#hold(down);
    if (event.key === " ") this.#space(event, down);
    if (event.key === "Escape" && down) this.#escape();
    if (event.key === "Alt") this.#gestures.circle();
  }

  /** Space with the pointer over the stage moves the picture, unless the keyboard is on a control. */
  #space(event, down) {
    const control = event.target instanceof Element && event.target.closest("button, input, a, summary, [role=button]");
    if (down ? !this.#hand.over || !this.#picture || control : !this.#hand.space) return;
    event.preventDefault();
    this.#hand.space = down;
    this.#root.classList.toggle("is-moving", down);
    this.#gestures.circle();
  }

  /** Escape takes back a gesture under way, and gives the window back. */
  #escape() {
    this.#gestures.cancel();
    if (this.#filling) this.#fill(false);
  }

  /** Lets go of everything that is held: the window lost the focus. */
  #release() {
    this.#hand.alt = this.#hand.space = false;
    this.#root.classList.remove("is-moving");
    this.#hold(false);
    this.#gestures.circle();
  }

  /** Keys on the picture itself: zoom, move, mark without a pointer. */
  #stageKey(event) {
    if (!this.#picture || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const keys = {
      "+": () => this.#act("in"), "=": () => this.#act("in"), "-": () => this.#act("out"),
      0: () => this.#view.ease(this.#view.fitting()), 1: () => this.#view.ease(1),
      "[": () => this.#resize(this.#hand.size / 1.15), "]": () => this.#resize(this.#hand.size * 1.15),
      Delete: () => this.clearRegion(), Backspace: () => this.clearRegion(), Enter: () => this.#enter(),
    };
    const moved = step && this.#arrow(step, event.shiftKey ? 5 : 1, event.target.dataset.corner);
    if (moved || keys[event.key]) event.preventDefault();
    keys[event.key]?.();
  }

  /** An arrow key moves a corner, the pin, the box or the picture. @returns {boolean} whether it did */
  #arrow([x, y], by, corner) {
    const { box, pin } = this.#marks;
    const [dx, dy] = [x * by, y * by];
    if (corner) this.#marks.moveCorner(corner, dx, dy);
    else if (this.tool === "click" && pin) this.#marks.nudgePin(dx, dy);
    else if (this.tool === "box" && box) this.#marks.nudge(box, dx, dy);
    else {
      if (this.#view.loose) this.#view.shift(-40 * dx, -40 * dy);
      return this.#view.loose;
    }
    this.#changed();
    return true;
  }

  /** Enter sets a box or a pin amid the picture, to be moved with the arrow keys. */
  #enter() {
    if (this.tool === "box") this.#marks.set(this.#marks.box ?? [30, 30, 70, 70], null);
    else if (this.tool === "click") this.#marks.set(null, this.#marks.pin ?? [50, 50]);
    else return;
    this.#only(this.tool);
    this.#changed();
  }

  // ---- full screen ----

  /** Whether the window is filled instead of the screen. */
  get #filling() {
    return this.#root.classList.contains("is-filling");
  }

  /** Fills the window where the browser has no full screen for elements, or gives it back. */
  #fill(on) {
    this.#root.classList.toggle("is-filling", on);
    this.#filled();
  }

  /** The full-screen control says which way it goes. */
  #filled() {
    this.#bar.full(this.#filling || document.fullscreenElement === this.#root);
    this.#lay();
  }
}
