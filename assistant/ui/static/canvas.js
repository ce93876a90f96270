// The picture on its mat: looking closer, pointing at a part of it (brush, box, point), and comparing with before.

import { Brush } from "./brush.js";
import { Compare, loaded, settle } from "./compare.js";

/** @typedef {{url: string, width: number, height: number, alt?: string, key?: string}} Picture */
/** @typedef {{mask: string, size: [number, number]} | {box: [number, number, number, number]} | {click: [number, number]}} Region */
/** @typedef {"look" | "brush" | "box" | "click"} Tool */

const SMALL = 512;
const LARGEST_FIT = 2;
const LARGEST_ZOOM = 8;
const ZOOM_STEP = 1.25;
const FADE_MS = 150;
const TAP_MS = 320;
const TAP_PX = 6;
const LEAST_BOX = 1;
const NARROW = 800;
const LABELLED = 960;
const BRUSH = { least: 8, most: 160, usual: 44 };
const HINTS = {
  look: ["Drag to move, wheel to zoom", "Look around: wheel or pinch to zoom, drag to move, double click for full size."],
  brush: ["", "Brush over the part you mean. Hold Alt, or take the eraser, to rub out."],
  box: ["Drag a box around it", "Drag a box around the part you mean. Its corners can be moved afterwards."],
  click: ["Press on the thing", "Press on the thing you mean."],
};
const CORNERS = { lt: "upper left", rt: "upper right", lb: "lower left", rb: "lower right" };

/** An icon of the house's own drawing. */
const icon = (drawing) => `<svg viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`;
const ICONS = {
  look: '<path d="M8 12.5V6.7a1.45 1.45 0 0 1 2.9 0v4.1-5.9a1.45 1.45 0 0 1 2.9 0v5.9-4.4a1.45 1.45 0 0 1 2.9 0v5.4-2.6a1.4 1.4 0 0 1 2.8 0v4.6c0 4-2.5 6.7-6.1 6.7-2.8 0-4.4-1.2-5.7-3.5L5 13.2a1.45 1.45 0 0 1 2.4-1.6Z"/>',
  brush: '<path d="M20 4c-3.5 1.3-7 4.3-9.6 8.2l2.2 2.2C16.4 11.7 19 8 20 4Z"/><path d="M9.8 13c-2.2-.2-3.7 1.1-3.9 3.2-.1 1.4-.8 2.4-2.1 3 3.3 1.3 7.8.4 8-4"/>',
  box: '<rect x="4" y="5.5" width="16" height="13" rx="1" stroke-dasharray="3.3 2.5" stroke-dashoffset="1"/>',
  click: '<path d="M12 21c-3.9-4.5-6-7.7-6-10.7a6 6 0 0 1 12 0c0 3-2.1 6.2-6 10.7Z"/><circle cx="12" cy="10.3" r="2.1"/>',
  erase: '<path d="m8.6 19-4-4a1.5 1.5 0 0 1 0-2.1l7.8-7.8a1.5 1.5 0 0 1 2.1 0l4.4 4.4a1.5 1.5 0 0 1 0 2.1L11.4 19Z"/><path d="m8.6 8.9 6.5 6.5M11.4 19H20"/>',
  clear: '<path d="m7 7 10 10M17 7 7 17"/>',
  out: '<path d="M6 12h12"/>',
  in: '<path d="M6 12h12M12 6v12"/>',
  compare: '<path d="M12 6H6a1.5 1.5 0 0 0-1.5 1.5v9A1.5 1.5 0 0 0 6 18h6Z" fill="currentColor" fill-opacity=".28" stroke="none"/><rect x="4.5" y="6" width="15" height="12" rx="1.5"/><path d="M12 3.5v17"/>',
  hold: '<path d="M5.2 10.2a7.2 7.2 0 1 1-.3 3.6"/><path d="M4.6 5.8v4.5h4.5M12 8.3V12l2.6 1.7"/>',
  full: '<path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15"/>',
  leave: '<path d="M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5"/>',
};

/** A button of the bar. */
const button = (doing, name, title, word = "") =>
  `<button type="button" data-do="${doing}" aria-label="${name}" title="${title}">${icon(ICONS[doing])}${word && `<span>${word}</span>`}</button>`;

const MARKUP = `
  <div class="pc-stage" tabindex="0" role="group" aria-label="The picture">
    <div class="pc-sheets"></div>
    <canvas class="pc-veil" aria-hidden="true"></canvas>
    <div class="pc-marks">
      <div class="pc-dim"><div class="pc-hole"></div></div>
      <div class="pc-box" hidden>
        <svg aria-hidden="true"><rect width="100%" height="100%"/><rect class="pc-ants" width="100%" height="100%"/></svg>
        ${Object.entries(CORNERS).map(([at, name]) => `<button type="button" class="pc-corner" data-corner="${at}"
          aria-label="Box, ${name} corner" title="Drag, or use the arrow keys, to move the box's ${name} corner"></button>`).join("")}
      </div>
      <svg class="pc-pin" viewBox="0 0 32 42" aria-hidden="true" hidden><path d="M16 40C8 29.5 3 22 3 15.5a13 13 0 0 1 26 0C29 22 24 29.5 16 40Z"/><circle cx="16" cy="15.5" r="4.5"/></svg>
    </div>
    <div class="pc-cursor" aria-hidden="true" hidden></div>
  </div>
  <div class="canvas-empty"></div>
  <div class="pc-bar" role="group" aria-label="Picture tools">
    <div class="pc-group pc-tools">
      ${button("look", "Look", "Look around: drag to move the picture, wheel or pinch to zoom", "Look")}
      ${button("brush", "Brush", "Brush over the part you mean", "Brush")}
      ${button("box", "Box", "Drag a box around the part you mean", "Box")}
      ${button("click", "Point", "Point at the thing you mean: here", "Point")}
    </div>
    <div class="pc-group pc-context">
      <span class="pc-hint"></span>
      <input type="range" class="pc-size" min="${BRUSH.least}" max="${BRUSH.most}" value="${BRUSH.usual}" aria-label="Brush size" title="How wide the brush is">
      ${button("erase", "Eraser", "Rub out what was brushed (or hold Alt while brushing)")}
      ${button("clear", "Clear", "Take away what you marked on the picture")}
    </div>
    <div class="pc-group pc-zoom">
      ${button("out", "Zoom out", "Show the picture smaller")}
      <button type="button" data-do="percent" class="pc-percent"></button>
      ${button("in", "Zoom in", "Show the picture larger")}
    </div>
    <div class="pc-group pc-views">
      ${button("compare", "Compare with before", "")}
      ${button("hold", "Hold to see before", "")}
      ${button("full", "Full screen", "Fill the whole screen with the picture")}
    </div>
  </div>`;
const NOTHING = `<svg class="pc-blank" viewBox="0 0 96 72" aria-hidden="true"><path d="M14 6h58l12 12v48H14Z"/><path d="M72 6v12h12"/><path d="M26 56c9-16 15-16 22-6 5-8 11-8 20 6"/></svg><p>No picture yet</p>`;

/** Keeps a value between two others. */
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/** Percent of the picture, to one decimal. */
const percent = (share) => Math.round(clamp(share, 0, 1) * 1000) / 10;

/** Whether the person asked for less motion. */
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether keys typed now go into a text. */
function typing(event) {
  const at = event.composedPath()[0];
  if (!(at instanceof Element)) return false;
  if (at.matches("input")) return !/^(range|checkbox|radio|button|submit|color|file)$/.test(at.type);
  return at.matches("textarea, select") || at.isContentEditable;
}

export class Canvas {
  #root; #slot; #stage; #sheets; #parts = {}; #ends = new AbortController(); #watcher; #themes; #compare; #brush;
  #onRegion; #onStatus; #picture = null; #turn = 0; #tool = "look"; #box = null; #pin = null; #size = BRUSH.usual;
  #erasing = false; #alt = false; #space = false; #over = false; #pointers = new Map(); #gesture = null; #tap = null;
  #view = { fit: true, scale: 1, cx: 0.5, cy: 0.5 }; #room = { left: 0, top: 0, width: 1, height: 1 }; #glide = 0;
  #frame = { left: 0, top: 0, width: 1, height: 1 };

  /**
   * @param {HTMLElement} root an element that fills its pane; a child with [data-empty] is kept for the empty state
   * @param {{onRegion?: (region: Region | null) => void, onStatus?: (text: string) => void}} [calls]
   */
  constructor(root, { onRegion = () => {}, onStatus = () => {} } = {}) {
    this.#root = root;
    this.#onRegion = onRegion;
    this.#onStatus = onStatus;
    this.#slot = root.querySelector("[data-empty]");
    root.innerHTML = MARKUP;
    root.classList.add("pal-canvas", "is-empty");
    const find = (name) => root.querySelector(name);
    this.#stage = find(".pc-stage");
    this.#sheets = find(".pc-sheets");
    for (const name of ["marks", "hole", "box", "pin", "cursor", "bar", "hint", "size", "percent", "veil", "dim"]) {
      this.#parts[name] = find(`.pc-${name}`);
    }
    if (this.#slot) find(".canvas-empty").append(this.#slot);
    else find(".canvas-empty").innerHTML = NOTHING;
    this.#brush = new Brush(this.#parts.veil);
    this.#compare = new Compare(this.#stage, this.#ends.signal);
    this.#listen();
    this.setTool("look");
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
    if (turn !== this.#turn || this.#ends.signal.aborted) return;
    if (image) this.#change(image, picture);
    else this.#onStatus("This picture could not be shown.");
  }

  /** The picture to compare with, or null. @param {Picture | null} picture */
  async setBefore(picture) {
    if (await this.#compare.setBefore(picture)) this.#lay();
  }

  /** What is marked on the picture, or null. @returns {Region | null} */
  get region() {
    if (this.#box) return { box: [...this.#box] };
    if (this.#pin) return { click: [...this.#pin] };
    return this.#brush.region;
  }

  /** Takes away what is marked. */
  clearRegion() {
    const had = this.region;
    this.#cancel();
    this.#box = this.#pin = null;
    this.#brush.clear();
    this.#mark();
    if (had) this.#onRegion(null);
  }

  /** Takes up a tool. @param {Tool} tool */
  setTool(tool) {
    if (!HINTS[tool]) throw new RangeError(`There is no tool called ${tool}`);
    const changed = tool !== this.#tool;
    this.#cancel();
    this.#tool = tool;
    if (tool !== "brush") this.#erasing = false;
    if (tool !== "look" && this.#compare.on) this.toggleCompare(false);
    this.#mark();
    this.#pointed();
    if (changed) this.#onStatus(HINTS[tool][1]);
  }

  /** The tool in hand. @returns {Tool} */
  get tool() {
    return this.#tool;
  }

  /** Shows or hides the divider between before and after. @param {boolean} [on] the other way round when left out */
  toggleCompare(on = !this.#compare.on) {
    on = on && this.#comparable;
    if (on === this.#compare.on) return;
    this.#compare.on = on;
    if (on) this.setTool("look");
    this.#lay();
    if (on) this.#onStatus("Drag the line to compare with the picture before.");
  }

  /** Fills the screen with the picture, or gives the screen back. */
  async fullscreen() {
    if (document.fullscreenElement === this.#root) await document.exitFullscreen();
    else if (this.#root.classList.contains("is-filling")) this.#root.classList.remove("is-filling");
    else if (this.#root.requestFullscreen) await this.#root.requestFullscreen().catch(() => this.#fill());
    else this.#fill();
    this.#lay();
  }

  /** Takes everything away: listeners, observers and elements. */
  destroy() {
    this.#turn += 1;
    this.#ends.abort();
    this.#watcher.disconnect();
    this.#themes.disconnect();
    this.#brush.destroy();
    cancelAnimationFrame(this.#glide);
    this.#root.className = this.#root.className.replace(/(^|\s)(pal-canvas|is-\S+)/g, "").trim();
    this.#root.replaceChildren(...(this.#slot ? [this.#slot] : []));
  }

  // ---- the picture ----

  /** Whether there is something to compare with. */
  get #comparable() {
    return Boolean(this.#picture && this.#compare.picture);
  }

  /** Nothing is shown. */
  #bare() {
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
    this.#picture = picture;
    if (!same) this.#begin(picture);
    const sheet = this.#sheets.lastElementChild;
    sheet.append(image);
    sheet.classList.toggle("is-small", this.#small(picture));
    this.#lay();
    setTimeout(() => this.#tidy(), still() ? 0 : FADE_MS + 30);
  }

  /** A fresh sheet for a picture of another size, seen whole and unmarked. */
  #begin(picture) {
    this.clearRegion();
    cancelAnimationFrame(this.#glide);
    this.#view = { fit: true, scale: 1, cx: 0.5, cy: 0.5 };
    this.#brush.resize(picture.width, picture.height);
    for (const sheet of this.#sheets.children) sheet.classList.add("is-leaving");
    this.#sheets.insertAdjacentHTML("beforeend", '<div class="pc-sheet"></div>');
  }

  /** Takes away what has faded. */
  #tidy() {
    for (const sheet of [...this.#sheets.children].slice(0, -1)) sheet.remove();
    for (const image of [...(this.#sheets.lastElementChild?.children ?? [])].slice(0, -1)) image.remove();
  }

  /** Whether a picture is so small that it lies on a sheet of paper. */
  #small(picture) {
    return Math.max(picture.width, picture.height) <= SMALL;
  }

  // ---- layout ----

  /** Puts everything where it belongs now. */
  #lay() {
    const width = this.#root.clientWidth;
    this.#root.classList.toggle("is-empty", !this.#picture);
    this.#root.classList.toggle("is-narrow", width < NARROW);
    this.#root.classList.toggle("is-labelled", width >= LABELLED);
    this.#measure(width, this.#root.clientHeight);
    if (this.#picture) this.#put();
    this.#mark();
  }

  /** The room a picture may take: the stage without its margins and the bar. */
  #measure(width, height) {
    const gap = width < 600 ? 12 : 24;
    const bar = height - this.#parts.bar.offsetTop;
    this.#room = { left: gap, top: gap, width: Math.max(40, width - 2 * gap), height: Math.max(40, height - gap - bar - 14) };
  }

  /** The largest scale at which a picture is seen whole, its paper border included. */
  #fitting(picture) {
    const border = this.#border(this.#small(picture));
    const across = (this.#room.width - 2 * border) / picture.width;
    const down = (this.#room.height - (this.#small(picture) ? 2.3 : 2) * border) / picture.height;
    return clamp(Math.min(across, down), 0.01, LARGEST_FIT);
  }

  /** How wide the paper border is, in CSS px. */
  #border(small) {
    const narrow = this.#root.clientWidth < 600;
    const border = small ? (narrow ? 24 : 44) : narrow ? 5 : 9;
    this.#root.style.setProperty(small ? "--pc-mat" : "--pc-rim", `${border}px`);
    return border;
  }

  /** The frame of a picture seen whole. */
  #whole(picture) {
    const scale = this.#fitting(picture);
    const { left, top, width, height } = this.#room;
    const [w, h] = [picture.width * scale, picture.height * scale];
    const lift = this.#small(picture) ? 0.15 * this.#border(true) : 0;
    return { left: left + (width - w) / 2, top: top + (height - h) / 2 - lift, width: w, height: h };
  }

  /** Puts the picture, what is marked on it and what it is compared with into their frames. */
  #put() {
    const view = this.#view;
    const whole = this.#whole(this.#picture);
    const fit = this.#fitting(this.#picture);
    view.scale = view.fit ? fit : clamp(view.scale, Math.min(1, fit), this.#most);
    const [w, h] = [this.#picture.width * view.scale, this.#picture.height * view.scale];
    const left = this.#held(view.cx, w, this.#room.left, this.#room.width, whole.left + whole.width / 2);
    const top = this.#held(view.cy, h, this.#room.top, this.#room.height, whole.top + whole.height / 2);
    view.cx = (this.#room.left + this.#room.width / 2 - left) / w;
    view.cy = (this.#room.top + this.#room.height / 2 - top) / h;
    this.#frame = { left, top, width: w, height: h };
    settle(this.#sheets.lastElementChild, this.#frame);
    settle(this.#parts.marks, this.#frame);
    this.#brush.place(this.#frame, this.#stage.clientWidth, this.#stage.clientHeight);
    this.#beside();
    this.#tell();
  }

  /** Where one edge of the picture lies: centred when there is room, else without a gap. */
  #held(centre, length, start, room, middle) {
    if (length <= room) return middle - length / 2;
    return clamp(start + room / 2 - centre * length, start + room - length, start);
  }

  /** The picture before lies over this one when its shape is the same, else in a frame of its own. */
  #beside() {
    const before = this.#compare.picture;
    if (!before) return this.#compare.refresh();
    const shape = (before.width / before.height) / (this.#picture.width / this.#picture.height);
    const alike = Math.abs(shape - 1) < 0.01;
    this.#compare.place(this.#frame, alike ? this.#frame : this.#whole(before), this.#small(alike ? this.#picture : before));
  }

  /** The bar tells how large the picture is shown. */
  #tell() {
    const { fit, scale } = this.#view;
    const shown = Math.round(scale * 100);
    const next = fit ? `${Math.round(this.#other * 100)} %` : "the whole picture";
    this.#parts.percent.textContent = `${shown} %`;
    this.#parts.percent.title = `Shown at ${shown} % of its true size; press for ${next}`;
    this.#parts.percent.setAttribute("aria-label", this.#parts.percent.title);
    this.#root.classList.toggle("is-zoomed", this.#loose);
    this.#button("out").disabled = scale <= Math.min(1, this.#fitting(this.#picture)) + 0.001;
    this.#button("in").disabled = scale >= this.#most - 0.001;
  }

  /** Whether the picture is larger than its room, so that it can be moved. */
  get #loose() {
    return this.#frame.width > this.#room.width + 1 || this.#frame.height > this.#room.height + 1;
  }

  /** The largest scale. */
  get #most() {
    return Math.max(LARGEST_ZOOM, this.#fitting(this.#picture) * 4);
  }

  /** The scale that a double click goes to from the whole picture: 100 %, or 200 % where that is the whole. */
  get #other() {
    return Math.abs(this.#fitting(this.#picture) - 1) < 0.05 ? 2 : 1;
  }

  // ---- zoom and pan ----

  /** Zooms to a scale; the point of the picture under (x, y) stays there. */
  #zoom(scale, x, y) {
    const { left, top, width, height } = this.#frame;
    const fit = this.#fitting(this.#picture);
    const to = clamp(scale, Math.min(1, fit), this.#most);
    const [w, h] = [this.#picture.width * to, this.#picture.height * to];
    const room = this.#room;
    const cx = (room.left + room.width / 2 - x + ((x - left) / width) * w) / w;
    const cy = (room.top + room.height / 2 - y + ((y - top) / height) * h) / h;
    this.#view = { fit: Math.abs(to / fit - 1) < 0.008, scale: to, cx, cy };
    this.#put();
    this.#pointed();
  }

  /** Zooms in a few quick frames, or at once where less motion is asked for. */
  #ease(scale, x = this.#room.left + this.#room.width / 2, y = this.#room.top + this.#room.height / 2) {
    cancelAnimationFrame(this.#glide);
    const from = this.#view.scale;
    const start = performance.now();
    const step = (now) => {
      const t = still() ? 1 : clamp((now - start) / 170, 0, 1);
      this.#zoom(t === 1 ? scale : from * (scale / from) ** (1 - (1 - t) ** 3), x, y);
      if (t < 1) this.#glide = requestAnimationFrame(step);
    };
    step(start);
  }

  /** From the whole picture to 100 %, and back. */
  #swap(x, y) {
    this.#ease(this.#view.fit ? this.#other : this.#fitting(this.#picture), x, y);
  }

  /** Moves the picture by some CSS px. */
  #shift(dx, dy) {
    cancelAnimationFrame(this.#glide);
    this.#view.cx -= dx / this.#frame.width;
    this.#view.cy -= dy / this.#frame.height;
    this.#put();
  }

  /** The wheel zooms over the picture; with Ctrl, or as a pinch on a pad, anywhere on the stage. */
  #wheel(event) {
    if (!this.#picture || !(event.ctrlKey || this.#hits(this.#at(event)))) return;
    event.preventDefault();
    cancelAnimationFrame(this.#glide);
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 200 : 1;
    const pace = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 0.01 : 0.0018;
    const { x, y } = this.#at(event);
    this.#zoom(this.#view.scale * clamp(Math.exp(-event.deltaY * lines * pace), 0.75, 1.34), x, y);
  }

  // ---- pointers ----

  /** A pointer's place on the stage, in CSS px. */
  #at(event) {
    const { left, top } = this.#stage.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** A place on the stage as shares of the picture, 0 to 1 inside it. */
  #share({ x, y }) {
    return { x: (x - this.#frame.left) / this.#frame.width, y: (y - this.#frame.top) / this.#frame.height };
  }

  /** Whether a place is on the picture. */
  #hits(point) {
    const { x, y } = this.#share(point);
    return x >= 0 && x <= 1 && y >= 0 && y <= 1;
  }

  /** A pointer comes down: a gesture begins, or the second finger makes it a pinch. */
  #down(event) {
    if (!this.#picture || event.button > 1 || event.target.closest(".pc-divider") || this.#pointers.size > 1) return;
    if (event.button === 1) event.preventDefault();
    const point = this.#at(event);
    this.#stage.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, point);
    cancelAnimationFrame(this.#glide);
    if (this.#pointers.size === 2) {
      this.#cancel();
      this.#gesture = this.#pinching();
    } else this.#gesture = this.#gestureFor(event, point);
    this.#pointed(event, point);
  }

  /** A pointer moves: the gesture follows, and so does the brush's circle. */
  #move(event) {
    const point = this.#at(event);
    this.#over = true;
    this.#pointed(event, point);
    if (!this.#pointers.has(event.pointerId)) return;
    this.#pointers.set(event.pointerId, point);
    this.#gesture?.move(point, event);
  }

  /** A pointer goes up: the gesture ends, or is taken back when the browser took the pointer. */
  #up(event) {
    if (!this.#pointers.delete(event.pointerId)) return;
    const gesture = this.#gesture;
    this.#gesture = null;
    if (event.type === "pointercancel") gesture?.cancel?.();
    else gesture?.end?.(this.#at(event), event);
    this.#pointed(event, this.#at(event));
  }

  /** Takes back the gesture under way. */
  #cancel() {
    const gesture = this.#gesture;
    this.#gesture = null;
    gesture?.cancel?.();
  }

  /** What a pointer does where it came down. */
  #gestureFor(event, point) {
    if (event.button === 1 || this.#space) return this.#panning(point);
    if (event.target.dataset?.corner) return this.#boxing(this.#cornerOpposite(event.target.dataset.corner), point, true);
    if (this.#tool === "brush") return this.#brushing(point, event);
    if (this.#tool === "box") return this.#inBox(point) ? this.#carrying(point) : this.#boxing(this.#share(point), point);
    if (this.#tool === "click") return this.#pinning(point);
    return this.#looking(point);
  }

  /** Look: the picture moves, or the divider when it is seen whole; a double click zooms. */
  #looking(from) {
    const slides = this.#compare.on && !this.#loose;
    const pan = this.#panning(from);
    const start = performance.now();
    let far = false;
    return {
      move: (to) => {
        far ||= Math.hypot(to.x - from.x, to.y - from.y) > TAP_PX;
        if (far && slides) this.#compare.slide(to.x);
        else if (far) pan.move(to);
      },
      end: (to, event) => {
        pan.end();
        if (!far && performance.now() - start < TAP_MS) this.#tapped(to, event);
      },
      cancel: pan.end,
    };
  }

  /** A tap; the second in quick succession is a double click. */
  #tapped({ x, y }, event) {
    const last = this.#tap;
    this.#tap = { x, y, when: event.timeStamp };
    if (!last || event.timeStamp - last.when > TAP_MS || Math.hypot(x - last.x, y - last.y) > 24) return;
    this.#tap = null;
    this.#swap(x, y);
  }

  /** The picture follows the pointer. */
  #panning(from) {
    let last = from;
    this.#root.classList.add("is-panning");
    const end = () => this.#root.classList.remove("is-panning");
    const move = (to) => {
      this.#shift(to.x - last.x, to.y - last.y);
      last = to;
    };
    return { move, end, cancel: end };
  }

  /** Two fingers zoom and move at once. */
  #pinching() {
    const look = () => {
      const [a, b] = [...this.#pointers.values()];
      return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.max(10, Math.hypot(a.x - b.x, a.y - b.y)) };
    };
    let last = look();
    const move = () => {
      if (this.#pointers.size < 2) return;
      const now = look();
      this.#shift(now.x - last.x, now.y - last.y);
      this.#zoom((this.#view.scale * now.apart) / last.apart, now.x, now.y);
      last = now;
    };
    return { move };
  }

  /** A stroke of the brush, or of the eraser. */
  #brushing(from, event) {
    const erase = this.#erases(event);
    if (!erase) this.#only("brush");
    this.#brush.start(from, this.#size, erase);
    return {
      move: (to, moved) => {
        const all = moved.getCoalescedEvents?.() ?? [];
        for (const one of all.length ? all : [moved]) this.#brush.extend(this.#at(one));
      },
      end: () => {
        this.#brush.finish();
        this.#changed();
      },
      cancel: () => this.#brush.cancel(),
    };
  }

  /** A box is drawn from a corner that stays; a new one smaller than a touch is none. */
  #boxing(corner, from, old = false) {
    const kept = this.#box;
    const offset = old ? this.#grip(corner, from) : { x: 0, y: 0 };
    return {
      move: (to) => this.#span(corner, this.#share({ x: to.x - offset.x, y: to.y - offset.y })),
      end: (to) => {
        if (!old && Math.hypot(to.x - from.x, to.y - from.y) < TAP_PX) return this.#restore(kept, "Drag to draw a box.");
        this.#changed();
      },
      cancel: () => this.#restore(kept),
    };
  }

  /** How far the pointer is off the corner it took hold of, so that the corner does not jump. */
  #grip(opposite, from) {
    const [l, t, r, b] = this.#box.map((value) => value / 100);
    const x = Math.abs(opposite.x - l) < Math.abs(opposite.x - r) ? r : l;
    const y = Math.abs(opposite.y - t) < Math.abs(opposite.y - b) ? b : t;
    const at = this.#share(from);
    return { x: (at.x - x) * this.#frame.width, y: (at.y - y) * this.#frame.height };
  }

  /** The whole box follows the pointer. */
  #carrying(from) {
    const kept = this.#box;
    const start = this.#share(from);
    const move = (to) => {
      const now = this.#share(to);
      this.#nudge(kept, (now.x - start.x) * 100, (now.y - start.y) * 100);
    };
    return { move, end: () => this.#changed(), cancel: () => this.#restore(kept) };
  }

  /** The pin follows the pointer until it is let go. */
  #pinning(from) {
    const kept = this.#pin;
    const move = (to) => {
      const { x, y } = this.#share(to);
      this.#only("click");
      this.#pin = [percent(x), percent(y)];
      this.#mark();
    };
    if (!this.#hits(from)) return this.#panning(from);
    move(from);
    return { move, end: () => this.#changed(), cancel: () => this.#putPin(kept) };
  }

  // ---- what is marked ----

  /** A region of one kind takes the place of those of the others. */
  #only(kind) {
    if (kind !== "box") this.#box = null;
    if (kind !== "click") this.#pin = null;
    if (kind !== "brush") this.#brush.clear();
    this.#mark();
  }

  /** The region has changed: the bar and the owner are told. */
  #changed() {
    this.#mark();
    this.#onRegion(this.region);
  }

  /** The box between two corners given in shares; never thinner than a hair. */
  #span(a, b) {
    const [x, y] = [[a.x, b.x], [a.y, b.y]].map((pair) => pair.map(percent).sort((p, q) => p - q));
    if (x[1] - x[0] < LEAST_BOX || y[1] - y[0] < LEAST_BOX) return;
    this.#only("box");
    this.#box = [x[0], y[0], x[1], y[1]];
    this.#mark();
  }

  /** A box moved by some percent, held inside the picture. */
  #nudge([l, t, r, b], dx, dy) {
    const x = clamp(dx, -l, 100 - r), y = clamp(dy, -t, 100 - b);
    this.#box = [l + x, t + y, r + x, b + y].map((value) => Math.round(value * 10) / 10);
    this.#mark();
  }

  /** The box as it was before a gesture that came to nothing. */
  #restore(box, hint = "") {
    this.#box = box;
    this.#mark();
    if (hint) this.#onStatus(hint);
  }

  /** The pin as it was. */
  #putPin(pin) {
    this.#pin = pin;
    this.#mark();
  }

  /** Whether a place is well inside the box. */
  #inBox(point) {
    if (!this.#box) return false;
    const { x, y } = this.#share(point);
    const [l, t, r, b] = this.#box;
    return x * 100 > l && x * 100 < r && y * 100 > t && y * 100 < b;
  }

  /** The corner across from one, in shares: it stays while the other moves. */
  #cornerOpposite(corner) {
    const [l, t, r, b] = this.#box.map((value) => value / 100);
    return { x: corner[0] === "l" ? r : l, y: corner[1] === "t" ? b : t };
  }

  /** Shows the box, the pin, and the bar's state. */
  #mark() {
    const { box, pin, hole, dim, hint, size } = this.#parts;
    box.hidden = dim.hidden = !this.#box;
    pin.toggleAttribute("hidden", !this.#pin);
    if (this.#box) for (const part of [box, hole]) this.#percentages(part, this.#box);
    if (this.#pin) Object.assign(pin.style, { left: `${this.#pin[0]}%`, top: `${this.#pin[1]}%` });
    const marked = Boolean(this.region);
    const brushing = this.#tool === "brush";
    this.#root.dataset.tool = this.#tool;
    for (const tool of Object.keys(HINTS)) this.#press(tool, tool === this.#tool);
    this.#press("erase", this.#erasing);
    this.#button("erase").hidden = size.hidden = !brushing;
    this.#button("clear").disabled = !marked;
    this.#button("clear").hidden = !marked && this.#tool === "look";
    hint.hidden = brushing;
    hint.textContent = HINTS[this.#tool][0];
    this.#comparing();
  }

  /** Puts a part where a box is. */
  #percentages(part, [l, t, r, b]) {
    Object.assign(part.style, { left: `${l}%`, top: `${t}%`, width: `${r - l}%`, height: `${b - t}%` });
  }

  /** The comparing controls: pressed, free, or off with the reason. */
  #comparing() {
    const can = this.#comparable;
    const { on, held } = this.#compare;
    this.#press("compare", on);
    this.#press("hold", held);
    for (const name of ["compare", "hold"]) this.#button(name).disabled = !can;
    const why = "There is no picture before this one yet";
    this.#button("compare").title = can ? "Compare with the picture before: a line to drag across" : why;
    this.#button("hold").title = can ? "Hold to see the picture before (or hold the key B)" : why;
    this.#root.classList.toggle("is-comparing", on || held);
  }

  /** A control of the bar by what it does. */
  #button(doing) {
    return this.#parts.bar.querySelector(`[data-do="${doing}"]`);
  }

  /** Says whether a control is pressed. */
  #press(doing, on) {
    this.#button(doing).setAttribute("aria-pressed", String(on));
  }

  /** Shows the picture before while held. */
  #hold(on) {
    on = on && this.#comparable;
    if (on === this.#compare.held) return;
    this.#compare.held = on;
    this.#compare.refresh();
    this.#comparing();
  }

  // ---- the brush's circle ----

  /** Whether the brush rubs out now. */
  #erases(event) {
    return this.#erasing || this.#alt || Boolean(event?.altKey) || event?.buttons === 32;
  }

  /** The brush's circle, of its true size, under the pointer. */
  #pointed(event, point) {
    const { cursor } = this.#parts;
    const pressed = event && this.#pointers.has(event.pointerId);
    const away = !this.#over || (event?.pointerType === "touch" && !pressed) || this.#pointers.size > 1;
    cursor.hidden = this.#tool !== "brush" || !this.#picture || this.#space || away;
    cursor.classList.toggle("is-erasing", this.#erases(event));
    cursor.style.width = cursor.style.height = `${this.#size}px`;
    if (point) Object.assign(cursor.style, { left: `${point.x}px`, top: `${point.y}px` });
  }

  /** Another brush size; the circle shows it amid the picture for a moment. */
  #resize(size, shown = false) {
    this.#size = clamp(Math.round(size), BRUSH.least, BRUSH.most);
    this.#parts.size.value = this.#size;
    const share = (this.#size - BRUSH.least) / (BRUSH.most - BRUSH.least);
    this.#parts.size.style.setProperty("--pc-share", `${share * 100}%`);
    if (!shown) return this.#pointed();
    this.#over = true;
    this.#pointed(null, { x: this.#room.left + this.#room.width / 2, y: this.#room.top + this.#room.height / 2 });
  }

  // ---- keys and controls ----

  /** Listens to everything, until destroyed. */
  #listen() {
    const { signal } = this.#ends;
    const on = (target, types, call, options = {}) =>
      types.split(" ").forEach((type) => target.addEventListener(type, call, { signal, ...options }));
    on(this.#stage, "pointerdown", (event) => this.#down(event));
    on(this.#stage, "pointermove", (event) => this.#move(event));
    on(this.#stage, "pointerup pointercancel", (event) => this.#up(event));
    on(this.#stage, "pointerleave", () => this.#leave());
    on(this.#stage, "wheel", (event) => this.#wheel(event), { passive: false });
    on(this.#stage, "touchstart touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
    on(this.#stage, "gesturestart", (event) => event.preventDefault());
    on(this.#stage, "keydown", (event) => this.#stageKey(event));
    on(document, "keydown keyup", (event) => this.#key(event));
    on(window, "blur", () => this.#release());
    on(this.#parts.bar, "click", (event) => this.#act(event.target.closest("[data-do]")?.dataset.do));
    on(this.#parts.size, "input", () => this.#resize(Number(this.#parts.size.value), true));
    on(this.#parts.size, "change pointerup", () => this.#leave());
    on(document, "fullscreenchange", () => this.#filled());
    this.#listenHold(on);
    this.#watcher = new ResizeObserver(() => this.#lay());
    this.#watcher.observe(this.#root);
    this.#watcher.observe(this.#parts.bar);
    this.#watchTheme(on);
    this.#resize(BRUSH.usual);
  }

  /** The button that shows before while it is held, by pointer or by key. */
  #listenHold(on) {
    const hold = this.#button("hold");
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

  /** The veil is painted anew when the theme changes. */
  #watchTheme(on) {
    const repaint = () => this.#brush.repaint();
    this.#themes = new MutationObserver(repaint);
    for (const element of [document.documentElement, document.body]) this.#themes.observe(element, { attributes: true });
    on(matchMedia("(prefers-color-scheme: dark)"), "change", repaint);
  }

  /** What a control of the bar does. */
  #act(doing) {
    if (HINTS[doing]) this.setTool(doing);
    else if (doing === "erase") this.#erase();
    else if (doing === "clear") this.clearRegion();
    else if (doing === "out") this.#ease(this.#view.scale / ZOOM_STEP);
    else if (doing === "in") this.#ease(this.#view.scale * ZOOM_STEP);
    else if (doing === "percent") this.#swap();
    else if (doing === "compare") this.toggleCompare();
    else if (doing === "full") this.fullscreen();
  }

  /** Takes up the eraser, or lays it down. */
  #erase() {
    this.#erasing = !this.#erasing;
    this.#mark();
    this.#pointed();
  }

  /** Keys that are held: B for before, Space to move the picture, Alt to rub out. */
  #key(event) {
    const down = event.type === "keydown";
    if (down && typing(event)) return;
    if (event.key === "Alt") this.#alt = down;
    if (event.key.toLowerCase() === "b" && !(event.ctrlKey || event.metaKey || event.altKey)) this.#hold(down);
    if (event.key === " ") this.#spaceKey(event, down);
    if (event.key === "Escape" && down) this.#escape();
    if (event.key === "Alt") this.#pointed(event);
  }

  /** Space with the pointer over the stage moves the picture, unless the keyboard is on a control. */
  #spaceKey(event, down) {
    const control = event.target instanceof Element && event.target !== this.#stage && event.target.matches(":focus-visible");
    if (down && (!this.#over || !this.#picture || control)) return;
    if (down || this.#space) event.preventDefault();
    this.#space = down;
    this.#root.classList.toggle("is-moving", down);
    this.#pointed();
  }

  /** Escape takes back a gesture under way, and leaves the filled window. */
  #escape() {
    this.#cancel();
    if (!this.#root.classList.contains("is-filling")) return;
    this.#root.classList.remove("is-filling");
    this.#filled();
  }

  /** Keys on the picture itself: zoom, move, mark without a pointer. */
  #stageKey(event) {
    if (!this.#picture || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const keys = {
      "+": () => this.#act("in"), "=": () => this.#act("in"), "-": () => this.#act("out"),
      "0": () => this.#ease(this.#fitting(this.#picture)), "1": () => this.#ease(1),
      "[": () => this.#resize(this.#size / 1.15), "]": () => this.#resize(this.#size * 1.15),
      Delete: () => this.clearRegion(), Backspace: () => this.clearRegion(), Enter: () => this.#enter(),
    };
    const corner = event.target.dataset?.corner;
    if (corner && event.key === "Enter") return;
    const done = step ? this.#arrow(step, event.shiftKey ? 5 : 1, corner) : keys[event.key] && (keys[event.key](), true);
    if (done) event.preventDefault();
  }

  /** An arrow key moves a corner, the pin, the box or the picture. */
  #arrow([x, y], by, corner) {
    if (corner) this.#moveCorner(corner, x * by, y * by);
    else if (this.#tool === "click" && this.#pin) this.#pin = [percent((this.#pin[0] + x * by) / 100), percent((this.#pin[1] + y * by) / 100)];
    else if (this.#tool === "box" && this.#box) this.#nudge(this.#box, x * by, y * by);
    else return this.#loose && (this.#shift(-x * 40 * by, -y * 40 * by), true);
    this.#changed();
    return true;
  }

  /** Moves one corner of the box by some percent, not past the others. */
  #moveCorner(corner, dx, dy) {
    const box = [...this.#box];
    const [i, j] = [corner[0] === "l" ? 0 : 2, corner[1] === "t" ? 1 : 3];
    box[i] = i === 0 ? clamp(box[0] + dx, 0, box[2] - LEAST_BOX) : clamp(box[2] + dx, box[0] + LEAST_BOX, 100);
    box[j] = j === 1 ? clamp(box[1] + dy, 0, box[3] - LEAST_BOX) : clamp(box[3] + dy, box[1] + LEAST_BOX, 100);
    this.#box = box.map((value) => Math.round(value * 10) / 10);
  }

  /** Enter sets a box or a pin amid the picture, to be moved with the arrow keys. */
  #enter() {
    if (this.#tool !== "box" && this.#tool !== "click") return;
    this.#only(this.#tool);
    if (this.#tool === "box") this.#box ??= [30, 30, 70, 70];
    else this.#pin ??= [50, 50];
    this.#changed();
  }

  /** The pointer has gone. */
  #leave() {
    this.#over = false;
    this.#pointed();
  }

  /** Lets go of everything that is held: the window lost the focus. */
  #release() {
    this.#alt = this.#space = false;
    this.#root.classList.remove("is-moving");
    this.#hold(false);
    this.#pointed();
  }

  /** Fills the window where the browser has no full screen for elements. */
  #fill() {
    this.#root.classList.add("is-filling");
    this.#filled();
  }

  /** The full-screen control says which way it goes. */
  #filled() {
    const full = document.fullscreenElement === this.#root || this.#root.classList.contains("is-filling");
    const control = this.#button("full");
    control.innerHTML = icon(full ? ICONS.leave : ICONS.full);
    control.setAttribute("aria-label", full ? "Leave full screen" : "Full screen");
    control.title = full ? "Give the screen back" : "Fill the whole screen with the picture";
    this.#press("full", full);
    this.#lay();
  }
}
