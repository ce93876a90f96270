// The box with its four corners, and the pin: both in percent of the picture, so that they move along with it.

import { clamp } from "./canvas-view.js";

const LEAST = 1;
const CORNERS = { lt: "upper left", rt: "upper right", lb: "lower left", rb: "lower right" };
const corner = ([at, name]) => `<button type="button" class="pc-corner" data-corner="${at}" aria-label="Box, ${name} corner"
  title="Drag, or use the arrow keys, to move the box's ${name} corner"></button>`;
const MARKUP = `
  <div class="pc-dim"><div class="pc-hole"></div></div>
  <div class="pc-box" hidden>
    <svg aria-hidden="true"><rect width="100%" height="100%"/><rect class="pc-ants" width="100%" height="100%"/></svg>
    ${Object.entries(CORNERS).map(corner).join("")}
  </div>
  <svg class="pc-pin" viewBox="0 0 32 42" aria-hidden="true" hidden>
    <path d="M16 40C8 29.5 3 22 3 15.5a13 13 0 0 1 26 0C29 22 24 29.5 16 40Z"/><circle cx="16" cy="15.5" r="4.5"/>
  </svg>`;

/** Percent to one decimal. */
const round = (value) => Math.round(value * 10) / 10;

/** A share of the picture as percent, inside it. */
const percent = (share) => round(clamp(share, 0, 1) * 100);

export class Marks {
  #element; #parts;
  /** @type {[number, number, number, number] | null} */
  box = null;
  /** @type {[number, number] | null} */
  pin = null;

  /** @param {HTMLElement} element lies where the picture lies */
  constructor(element) {
    this.#element = element;
    element.innerHTML = MARKUP;
    const find = (name) => element.querySelector(`.pc-${name}`);
    this.#parts = { box: find("box"), hole: find("hole"), dim: find("dim"), pin: find("pin") };
    this.show();
  }

  /** What lies where the picture lies. */
  get element() {
    return this.#element;
  }

  /** Sets the box and the pin; each may be null. */
  set(box, pin) {
    this.box = box;
    this.pin = pin;
    this.show();
  }

  /** Shows the box and the pin where they are. */
  show() {
    const { box, hole, dim, pin } = this.#parts;
    box.hidden = dim.hidden = !this.box;
    pin.toggleAttribute("hidden", !this.pin);
    if (this.pin) Object.assign(pin.style, { left: `${this.pin[0]}%`, top: `${this.pin[1]}%` });
    if (!this.box) return;
    const [l, t, r, b] = this.box;
    const style = { left: `${l}%`, top: `${t}%`, width: `${r - l}%`, height: `${b - t}%` };
    for (const part of [box, hole]) Object.assign(part.style, style);
  }

  /** Puts the pin at shares of the picture. */
  stick({ x, y }) {
    this.set(null, [percent(x), percent(y)]);
  }

  /** Moves the pin by some percent. */
  nudgePin(dx, dy) {
    this.stick({ x: (this.pin[0] + dx) / 100, y: (this.pin[1] + dy) / 100 });
  }

  /** The box between two places given in shares; one thinner than a hair is none. @returns {boolean} */
  span(a, b) {
    const [x, y] = [[a.x, b.x], [a.y, b.y]].map((pair) => pair.map(percent).sort((p, q) => p - q));
    if (x[1] - x[0] < LEAST || y[1] - y[0] < LEAST) return false;
    this.set([x[0], y[0], x[1], y[1]], null);
    return true;
  }

  /** A box moved by some percent, held inside the picture. */
  nudge([l, t, r, b], dx, dy) {
    const x = clamp(dx, -l, 100 - r);
    const y = clamp(dy, -t, 100 - b);
    this.set([l + x, t + y, r + x, b + y].map(round), null);
  }

  /** Moves one corner of the box by some percent, not past the others. */
  moveCorner(at, dx, dy) {
    const [l, t, r, b] = this.box;
    const box = [...this.box];
    if (at[0] === "l") box[0] = clamp(l + dx, 0, r - LEAST);
    else box[2] = clamp(r + dx, l + LEAST, 100);
    if (at[1] === "t") box[1] = clamp(t + dy, 0, b - LEAST);
    else box[3] = clamp(b + dy, t + LEAST, 100);
    this.set(box.map(round), null);
  }

  /** Whether a place given in shares is inside the box. */
  within({ x, y }) {
    if (!this.box) return false;
    const [l, t, r, b] = this.box;
    return x * 100 > l && x * 100 < r && y * 100 > t && y * 100 < b;
  }

  /** A corner of the box in shares; with `across`, the one across from it. */
  corner(at, across = false) {
    const [l, t, r, b] = this.box.map((value) => value / 100);
    return { x: (at[0] === "l") !== across ? l : r, y: (at[1] === "t") !== across ? t : b };
  }
}
