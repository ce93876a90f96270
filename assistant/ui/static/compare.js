// Before and after: a divider to drag over the picture, and the whole of the picture before while a control is held.

const STEP = 2;
const BIG_STEP = 10;
const LABEL_ROOM = 92;
const MARKUP = `
  <div class="pc-before" aria-hidden="true"><div class="pc-sheet"></div></div>
  <span class="pc-label pc-label-before" aria-hidden="true">before</span>
  <span class="pc-label pc-label-after" aria-hidden="true">after</span>
  <div class="pc-divider" role="slider" tabindex="0" aria-label="Before and after" aria-valuemin="0"
    aria-valuemax="100" aria-orientation="horizontal" title="Drag, or use the arrow keys: left of the line is before, right of it after">
    <span class="pc-knob"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9 7.5 4.5 12 9 16.5M15 7.5l4.5 4.5-4.5 4.5"/></svg></span>
  </div>`;

/** Puts an element where a frame lies. */
export function settle(element, frame) {
  const { left, top, width, height } = frame;
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

/** An image element for a picture, loaded and ready to be painted. @returns {Promise<HTMLImageElement>} */
export async function loaded(picture) {
  const image = new Image();
  image.alt = picture.alt ?? "";
  image.draggable = false;
  image.decoding = "async";
  image.src = picture.url;
  await image.decode();
  return image;
}

export class Compare {
  #layer; #sheet; #divider; #labels; #stage; #turn = 0; #share = 0.5; #span = { left: 0, right: 1 };
  picture = null;
  on = false;
  held = false;

  /** @param {HTMLElement} stage what the picture lies on @param {AbortSignal} signal ends its listeners */
  constructor(stage, signal) {
    this.#stage = stage;
    stage.insertAdjacentHTML("beforeend", MARKUP);
    this.#layer = stage.querySelector(".pc-before");
    this.#sheet = this.#layer.querySelector(".pc-sheet");
    this.#divider = stage.querySelector(".pc-divider");
    this.#labels = [...stage.querySelectorAll(".pc-label")];
    this.#divider.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#divider.addEventListener("pointerdown", (event) => this.#grab(event), { signal });
    this.#divider.addEventListener("pointermove", (event) => this.#drag(event), { signal });
    this.refresh();
  }

  /** Takes another picture to compare with, or none; its shape is its own. @returns {Promise<boolean>} whether it is the one to show now */
  async setBefore(picture) {
    const turn = ++this.#turn;
    const image = picture && (await loaded(picture).catch(() => null));
    if (turn !== this.#turn) return false;
    this.picture = image ? { ...picture, width: image.naturalWidth, height: image.naturalHeight } : null;
    this.#sheet.replaceChildren(...(image ? [image] : []));
    if (!image) this.on = this.held = false;
    return true;
  }

  /** Puts the picture before in its frame. `frame` is the shown picture's, `own` the one this picture would fit. */
  place(frame, own, small) {
    const { clientWidth: width } = this.#stage;
    settle(this.#sheet, own);
    this.#sheet.classList.toggle("is-small", small);
    const both = [frame, own];
    this.#span = {
      left: Math.max(0, Math.min(...both.map((one) => one.left))),
      right: Math.min(width, Math.max(...both.map((one) => one.left + one.width))),
    };
    this.#tall(both);
    this.#label(this.#labels[0], own, "left", width);
    this.#label(this.#labels[1], frame, "right", width);
    this.refresh();
  }

  /** Shows what the state says: the divider, all of the picture before, or neither. */
  refresh() {
    const { left, right } = this.#span;
    const x = left + (right - left) * this.#share;
    this.#layer.hidden = !this.on && !this.held;
    this.#divider.hidden = !this.on || this.held;
    this.#layer.style.clipPath = this.held ? "none" : `inset(0 calc(100% - ${x}px) 0 0)`;
    this.#divider.style.left = `${x}px`;
    this.#labels[0].hidden = !this.held && !(this.on && x - left > LABEL_ROOM);
    this.#labels[1].hidden = this.held || !(this.on && right - x > LABEL_ROOM);
    const percent = Math.round(this.#share * 100);
    this.#divider.setAttribute("aria-valuenow", percent);
    this.#divider.setAttribute("aria-valuetext", `${percent} percent before`);
  }

  /** Moves the divider to a place on the stage, in CSS px from its left. */
  slide(x) {
    const { left, right } = this.#span;
    this.#set((x - left) / Math.max(1, right - left));
  }

  /** Gives the divider the focus. */
  focus() {
    this.#divider.focus({ preventScroll: true });
  }

  /** Sets the divider's share of the way, 0 to 1. */
  #set(share) {
    this.#share = Math.min(1, Math.max(0, share));
    this.refresh();
  }

  /** The divider runs as tall as the taller frame, within the stage. */
  #tall(frames) {
    const top = Math.max(0, Math.min(...frames.map((one) => one.top)));
    const bottom = Math.min(this.#stage.clientHeight, Math.max(...frames.map((one) => one.top + one.height)));
    Object.assign(this.#divider.style, { top: `${top}px`, height: `${Math.max(0, bottom - top)}px` });
  }

  /** A label stands in its frame's upper corner, within the stage. */
  #label(label, frame, side, width) {
    const gap = side === "left" ? frame.left : width - frame.left - frame.width;
    label.style[side] = `${Math.max(0, gap) + 12}px`;
    label.style.top = `${Math.max(0, frame.top) + 12}px`;
  }

  /** Arrow keys move the divider. */
  #key(event) {
    const step = (event.shiftKey ? BIG_STEP : STEP) / 100;
    const to = {
      ArrowLeft: this.#share - step, ArrowDown: this.#share - step, ArrowRight: this.#share + step,
      ArrowUp: this.#share + step, PageDown: this.#share - 0.1, PageUp: this.#share + 0.1, Home: 0, End: 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#set(to);
  }

  /** The divider is taken hold of. */
  #grab(event) {
    if (event.button !== 0) return;
    event.stopPropagation();
    this.#divider.setPointerCapture(event.pointerId);
  }

  /** The divider follows the pointer that holds it. */
  #drag(event) {
    if (!this.#divider.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    this.slide(event.clientX - this.#stage.getBoundingClientRect().left);
  }
}
