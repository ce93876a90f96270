// Where the picture lies on the stage: seen whole, or closer and moved. Only numbers; the canvas puts things there.

const SMALL = 512;
const LARGEST_FIT = 2;
const LARGEST_ZOOM = 8;
const GLIDE_MS = 170;
const TIGHT = 600;
const BELOW_SMALL = 1.3;

/** @typedef {{left: number, top: number, width: number, height: number}} Frame in CSS px of the stage */

/** Keeps a value between two others. */
export const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/** Whether the person asked for less motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether a picture is so small that it lies on a sheet of paper. */
export const isSmall = (picture) => Math.max(picture.width, picture.height) <= SMALL;

export class View {
  #changed; #picture = null; #glide = 0; #cx = 0.5; #cy = 0.5; #tight = false;
  fit = true;
  scale = 1;
  /** @type {Frame} where a picture may lie */
  room = { left: 0, top: 0, width: 1, height: 1 };
  /** @type {Frame} where the picture lies */
  frame = { left: 0, top: 0, width: 1, height: 1 };

  /** @param {() => void} changed called whenever the picture lies elsewhere */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Another picture; `fresh` when it is to be seen whole. */
  take(picture, fresh) {
    this.stop();
    this.#picture = picture;
    if (fresh) [this.fit, this.#cx, this.#cy] = [true, 0.5, 0.5];
  }

  /** The room a picture may take: the stage without its margins and without the bar, `bar` px high, at its foot. */
  measure(width, height, bar) {
    this.#tight = width < TIGHT;
    const gap = this.#tight ? 12 : 24;
    const down = height - gap - bar - gap * 0.6;
    this.room = { left: gap, top: gap, width: Math.max(40, width - 2 * gap), height: Math.max(40, down) };
  }

  /** How wide a picture's paper border is, in CSS px. */
  border(small) {
    if (small) return Math.round(Math.min(44, Math.max(10, Math.min(this.room.width, this.room.height) * 0.07)));
    return this.#tight ? 5 : 9;
  }

  /** The largest scale at which a picture is seen whole, its paper border included. */
  fitting(picture = this.#picture) {
    const small = isSmall(picture);
    const border = this.border(small);
    const across = (this.room.width - 2 * border) / picture.width;
    const down = (this.room.height - (small ? 1 + BELOW_SMALL : 2) * border) / picture.height;
    return clamp(Math.min(across, down), 0.01, LARGEST_FIT);
  }

  /** The frame of a picture seen whole. @returns {Frame} */
  whole(picture = this.#picture) {
    const scale = this.fitting(picture);
    const { left, top, width, height } = this.room;
    const [w, h] = [picture.width * scale, picture.height * scale];
    const lift = isSmall(picture) ? ((BELOW_SMALL - 1) / 2) * this.border(true) : 0;
    return { left: left + (width - w) / 2, top: top + (height - h) / 2 - lift, width: w, height: h };
  }

  /** Works out the frame anew. */
  settle() {
    const whole = this.whole();
    const room = this.room;
    this.scale = this.fit ? this.fitting() : clamp(this.scale, this.least, this.most);
    const [width, height] = [this.#picture.width * this.scale, this.#picture.height * this.scale];
    const left = this.#edge(this.#cx, width, room.left, room.width, whole.left + whole.width / 2);
    const top = this.#edge(this.#cy, height, room.top, room.height, whole.top + whole.height / 2);
    this.#cx = (room.left + room.width / 2 - left) / width;
    this.#cy = (room.top + room.height / 2 - top) / height;
    this.frame = { left, top, width, height };
  }

  /** The smallest scale. */
  get least() {
    return Math.min(1, this.fitting());
  }

  /** The largest scale. */
  get most() {
    return Math.max(LARGEST_ZOOM, this.fitting() * 4);
  }

  /** The scale that a double click goes to from the whole picture: 100 %, or 200 % where that is the whole. */
  get other() {
    return Math.abs(this.fitting() - 1) < 0.05 ? 2 : 1;
  }

  /** Whether the picture is larger than its room, so that it can be moved. */
  get loose() {
    return this.frame.width > this.room.width + 1 || this.frame.height > this.room.height + 1;
  }

  /** The middle of the room. */
  get middle() {
    return { x: this.room.left + this.room.width / 2, y: this.room.top + this.room.height / 2 };
  }

  /** A place on the stage as shares of the picture, 0 to 1 inside it. */
  share({ x, y }) {
    return { x: (x - this.frame.left) / this.frame.width, y: (y - this.frame.top) / this.frame.height };
  }

  /** Whether a place is on the picture. */
  hits(point) {
    const { x, y } = this.share(point);
    return x >= 0 && x <= 1 && y >= 0 && y <= 1;
  }

  /** Zooms to a scale; what lies under a place stays there. */
  zoom(scale, place = this.middle) {
    const at = this.share(place);
    const to = clamp(scale, this.least, this.most);
    const middle = this.middle;
    this.#cx = at.x + (middle.x - place.x) / (this.#picture.width * to);
    this.#cy = at.y + (middle.y - place.y) / (this.#picture.height * to);
    this.scale = to;
    this.fit = Math.abs(to / this.fitting() - 1) < 0.008;
    this.#changed();
  }

  /** Zooms in a few quick frames, or at once where less motion is asked for. */
  ease(scale, place = this.middle) {
    this.stop();
    const from = this.scale;
    const start = performance.now();
    const step = (now) => {
      const t = still() ? 1 : clamp((now - start) / GLIDE_MS, 0, 1);
      this.zoom(t === 1 ? scale : from * (scale / from) ** (1 - (1 - t) ** 3), place);
      if (t < 1) this.#glide = requestAnimationFrame(step);
    };
    step(start);
  }

  /** From the whole picture to 100 %, and back. */
  swap(place) {
    this.ease(this.fit ? this.other : this.fitting(), place);
  }

  /** Moves the picture by some CSS px. */
  shift(dx, dy) {
    this.stop();
    this.#cx -= dx / this.frame.width;
    this.#cy -= dy / this.frame.height;
    this.#changed();
  }

  /** Ends a zoom under way. */
  stop() {
    cancelAnimationFrame(this.#glide);
  }

  /** Where one edge of the picture lies: about the middle when there is room, else without a gap. */
  #edge(centre, length, start, room, middle) {
    if (length <= room) return middle - length / 2;
    return clamp(start + room / 2 - centre * length, start + room - length, start);
  }
}
