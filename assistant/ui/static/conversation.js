// The list of turns: each drawn when it changes, the last one kept in sight unless somebody scrolled up.

import { turnItem } from "./cards.js";
import { keepFocus } from "./dom.js";

const NEAR = 120; // px from the end that count as reading along

export class Conversation {
  constructor(app) {
    this.app = app;
    this.list = app.find(".pal-turns");
    this.expected = null;
    this.reading = true; // along with what comes
    this.drawn = new Map(); // what was last drawn of each turn
    this.list.addEventListener("scroll", () => (this.reading = this.isNearEnd()), { passive: true });
    new ResizeObserver(() => this.toEnd(this.reading)).observe(this.list);
  }

  clear() {
    this.list.replaceChildren();
    this.expected = null;
    this.drawn.clear();
  }

  /** Shows a message at once, before the server has said anything of it. */
  expect(message) {
    this.expected?.remove();
    this.expected = null;
    if (message === null) return;
    const view = { id: "expected", message, status: "running", cards: [], versions: [] };
    this.expected = turnItem(view, this.app);
    this.list.append(this.expected);
    this.toEnd(true);
  }

  /** Draws the turns that changed. */
  update(turns, first) {
    if (turns.length) this.expect(null);
    if (!this.app.turns.has("waiting")) this.at("waiting")?.remove();
    for (const turn of turns) this.putNews(turn);
    if (turns.length) this.toEnd(this.reading || first);
    this.list.classList.toggle("empty", !this.app.turns.size);
  }

  /** Draws a turn where something of it is new: a button that stays the same stays under the finger. */
  putNews(turn) {
    const words = JSON.stringify(turn);
    if (this.drawn.get(turn.id) === words && this.at(turn.id)) return;
    this.put(turn);
    this.drawn.set(turn.id, words);
  }

  /** Draws a turn in its place. */
  put(turn) {
    const fresh = turnItem(turn, this.app);
    const old = this.at(turn.id);
    if (!old) {
      this.list.append(fresh);
      return;
    }
    keepPictures(old, fresh);
    keepFocus(this.list, () => old.replaceWith(fresh));
  }

  /** Draws everything again whose forms or marks may have changed; only what differs touches the page. */
  redraw() {
    for (const turn of this.app.turns.values()) this.put(turn);
  }

  /** Marks which variant is on show. */
  mark() {
    for (const turn of this.app.turns.values()) if (turn.versions.length > 1) this.put(turn);
  }

  at(id) {
    return this.list.querySelector(`:scope > [data-id="${id}"]`);
  }

  isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** How far a reader of earlier turns has scrolled; null at the end. */
  place() {
    return this.reading ? null : this.list.scrollTop;
  }

  backTo(place) {
    this.list.scrollTop = place;
    this.reading = false;
  }

  toEnd(really) {
    if (!really) return;
    this.list.scrollTop = this.list.scrollHeight;
    this.reading = true;
  }
}

/** Takes loaded pictures over into the new item, so that nothing flickers. */
function keepPictures(old, fresh) {
  const known = new Map([...old.querySelectorAll("img")].map((img) => [img.src, img]));
  for (const img of fresh.querySelectorAll("img")) {
    const loaded = known.get(img.src);
    if (loaded) img.replaceWith(loaded);
  }
}

