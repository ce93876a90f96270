// The brushed area: a small mask that strokes are drawn into, and the veil that shows it over the picture.

const LONGEST = 1024;
const VEIL = 0.46;
const EDGE = 1.25;
const HALO = 2.5;
const BEYOND = 10;
const LIGHT = "#fffdf8";
const AROUND = [[1, 0], [-1, 0], [0, 1], [0, -1], [0.7, 0.7], [-0.7, 0.7], [0.7, -0.7], [-0.7, -0.7]];

/** @typedef {{x: number, y: number}} Point in CSS px of the stage */
/** @typedef {{left: number, top: number, width: number, height: number}} Frame in CSS px of the stage */

/** Makes a canvas of a size, for drawing out of sight. */
function offscreen(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

/** The mask's size for a picture: a whole multiple of a small one, a reduction of a large one. */
function maskSize(width, height) {
  const longest = Math.max(width, height);
  const scale = longest <= LONGEST ? Math.floor(LONGEST / longest) : LONGEST / longest;
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Joins two rectangles [left, top, right, bottom]; either may be null. */
function join(a, b) {
  if (!a || !b) return a || b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** What two rectangles share, on whole pixels. */
function meet(a, b) {
  const [left, top] = [0, 1].map((i) => Math.floor(Math.max(a[i], b[i])));
  const [right, bottom] = [2, 3].map((i) => Math.ceil(Math.min(a[i], b[i])));
  return [left, top, right, bottom];
}

export class Brush {
  #veil; #pen; #tint = offscreen(1, 1); #mask = null; #kept = null; #region = null; #blank = true;
  #frame = { left: 0, top: 0, width: 1, height: 1 }; #ratio = 1; #last = null; #stroke = null;
  #dirty = null; #bounds = null; #waiting = 0;

  /** @param {HTMLCanvasElement} veil the canvas that covers the stage */
  constructor(veil) {
    this.#veil = veil;
    this.#pen = veil.getContext("2d");
  }

  /** A blank mask for a picture of this size. */
  resize(width, height) {
    this.#mask = offscreen(...maskSize(width, height));
    this.#mask.getContext("2d", { willReadFrequently: true });
    this.#kept = offscreen(this.#mask.width, this.#mask.height);
    this.clear();
  }

  /** Where the picture lies now, and how large the stage is. */
  place(frame, width, height) {
    this.#frame = frame;
    this.#ratio = Math.min(window.devicePixelRatio || 1, 3);
    const size = [Math.round(width * this.#ratio), Math.round(height * this.#ratio)];
    for (const canvas of [this.#veil, this.#tint]) {
      if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    }
    this.repaint();
  }

  /** Begins a stroke. @param {Point} point @param {number} size diameter in CSS px @param {boolean} erase */
  start(point, size, erase) {
    const kept = this.#kept.getContext("2d");
    kept.globalCompositeOperation = "copy";
    kept.drawImage(this.#mask, 0, 0);
    this.#stroke = { size, erase, wasBlank: this.#blank };
    this.#last = point;
    this.extend(point);
  }

  /** Goes on with the stroke to a point. @param {Point} point */
  extend(point) {
    const { size, erase } = this.#stroke;
    const scale = this.#mask.width / this.#frame.width;
    const pen = this.#mask.getContext("2d");
    pen.globalCompositeOperation = erase ? "destination-out" : "source-over";
    Object.assign(pen, { strokeStyle: "#fff", lineCap: "round", lineJoin: "round", lineWidth: size * scale });
    pen.beginPath();
    pen.moveTo(...this.#inMask(this.#last, scale));
    pen.lineTo(...this.#inMask(point, scale));
    pen.stroke();
    this.#blank = this.#blank && erase;
    this.#soil(this.#last, point, size / 2);
    this.#last = point;
  }

  /** Ends the stroke; the region is read off the mask. */
  finish() {
    this.#stroke = null;
    this.#region = this.#read();
    this.#blank = !this.#region;
  }

  /** Takes the stroke back: a second finger came down, or Escape was pressed. */
  cancel() {
    const pen = this.#mask.getContext("2d");
    pen.globalCompositeOperation = "copy";
    pen.drawImage(this.#kept, 0, 0);
    this.#blank = this.#stroke?.wasBlank ?? this.#blank;
    this.#stroke = null;
    this.repaint();
  }

  /** Wipes the mask. */
  clear() {
    this.#mask?.getContext("2d").clearRect(0, 0, this.#mask.width, this.#mask.height);
    this.#region = this.#bounds = null;
    this.#blank = true;
    this.repaint();
  }

  /** What was brushed, or null. @returns {{mask: string, size: [number, number]} | null} */
  get region() {
    return this.#region && { ...this.#region };
  }

  /** Paints the whole veil anew. */
  repaint() {
    this.#later([0, 0, this.#veil.width, this.#veil.height]);
  }

  /** No frame may come after this. */
  destroy() {
    cancelAnimationFrame(this.#waiting);
  }

  /** A point of the stage in the mask's pixels. */
  #inMask(point, scale) {
    return [(point.x - this.#frame.left) * scale, (point.y - this.#frame.top) * scale];
  }

  /** Marks what a piece of a stroke touched as due for painting. */
  #soil(a, b, radius) {
    const out = radius + 4;
    const box = join([a.x - out, a.y - out, a.x + out, a.y + out], [b.x - out, b.y - out, b.x + out, b.y + out]);
    const { left, top, width } = this.#frame;
    const inMask = [left, top, left, top].map((start, i) => ((box[i] - start) / width) * this.#mask.width);
    this.#bounds = join(this.#bounds, inMask);
    this.#later(box.map((value) => value * this.#ratio));
  }

  /** All that was ever brushed, in the veil's pixels. */
  #brushed() {
    const { left, top, width } = this.#frame;
    const scale = width / this.#mask.width;
    return [left, top, left, top].map((start, i) => (start + this.#bounds[i] * scale) * this.#ratio);
  }

  /** Paints with the next frame, once, all that is due. */
  #later(rectangle) {
    this.#dirty = join(this.#dirty, rectangle);
    this.#waiting ||= requestAnimationFrame(() => {
      const due = this.#dirty;
      this.#waiting = 0;
      this.#dirty = null;
      this.#paint(due);
    });
  }

  /** Paints a piece of the veil: the mask in the accent colour, a darker line around it, a light one around that. */
  #paint(due) {
    const pen = this.#pen;
    const { width, height } = this.#veil;
    const [left, top, right, bottom] = meet(due, [0, 0, width, height]);
    pen.clearRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    if (this.#blank || !this.#bounds) return;
    const [x, y, x2, y2] = meet([left, top, right, bottom], this.#brushed());
    const [w, h] = [x2 - x, y2 - y];
    if (w <= 0 || h <= 0) return;
    pen.save();
    pen.beginPath();
    pen.rect(x, y, w, h);
    pen.clip();
    const accent = getComputedStyle(this.#veil).getPropertyValue("--accent").trim() || "#b8432c";
    const beyond = [x - BEYOND, y - BEYOND, w + 2 * BEYOND, h + 2 * BEYOND];
    this.#trace(beyond);
    this.#tinge(beyond, LIGHT);
    this.#grow(HALO);
    this.#tinge(beyond, accent, `color-mix(in srgb, ${accent} 70%, black)`);
    this.#grow(EDGE);
    pen.globalCompositeOperation = "destination-out";
    pen.drawImage(this.#tint, 0, 0);
    this.#tinge(beyond, accent);
    pen.globalCompositeOperation = "source-over";
    pen.globalAlpha = VEIL;
    pen.drawImage(this.#tint, 0, 0);
    pen.restore();
  }

  /** Paints the tinged mask, grown by some CSS px on all sides. */
  #grow(by) {
    const out = by * this.#ratio;
    for (const [dx, dy] of AROUND) this.#pen.drawImage(this.#tint, dx * out, dy * out);
  }

  /** The mask where it lies on the stage, a little beyond the rectangle to paint so that edges meet. */
  #trace(beyond) {
    const pen = this.#tint.getContext("2d");
    const { left, top, width, height } = this.#frame;
    pen.save();
    pen.beginPath();
    pen.rect(...beyond);
    pen.clip();
    pen.clearRect(...beyond);
    pen.drawImage(this.#mask, ...[left, top, width, height].map((value) => value * this.#ratio));
    pen.restore();
  }

  /** The traced mask takes a colour: the last of those given that the browser knows. */
  #tinge(beyond, ...colours) {
    const pen = this.#tint.getContext("2d");
    pen.save();
    pen.beginPath();
    pen.rect(...beyond);
    pen.clip();
    pen.globalCompositeOperation = "source-in";
    for (const colour of colours) pen.fillStyle = colour;
    pen.fillRect(...beyond);
    pen.restore();
  }

  /** The mask as a picture of pure white on black, or null when nothing is white. */
  #read() {
    const { width, height } = this.#mask;
    const pixels = this.#mask.getContext("2d").getImageData(0, 0, width, height);
    let any = false;
    for (let i = 0; i < pixels.data.length; i += 4) {
      const on = pixels.data[i + 3] >= 128;
      any ||= on;
      pixels.data.fill(on ? 255 : 0, i, i + 3);
      pixels.data[i + 3] = 255;
    }
    if (!any) return null;
    const out = offscreen(width, height);
    out.getContext("2d").putImageData(pixels, 0, 0);
    return { mask: out.toDataURL("image/png"), size: [width, height] };
  }
}
