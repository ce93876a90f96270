// What pointers do on the stage: move, zoom, brush, draw a box, set the pin. One at a time; each can be taken back.

const TAP_MS = 320;
const TAP_PX = 6;
const TWICE_PX = 24;

/** @typedef {{x: number, y: number}} Point in CSS px of the stage */
/** @typedef {(to: Point, event: PointerEvent) => void} Move */
/** @typedef {{move: Move, end?: (to: Point) => void, cancel?: () => void}} Gesture */
/** @typedef {{tool: string, size: number, erasing: boolean, alt: boolean, space: boolean, over: boolean, ready: boolean}} Hand */

export class Gestures {
  #root; #stage; #cursor; #hand; #view; #marks; #brush; #compare; #calls;
  #pointers = new Map(); #now = null; #tap = null;

  /**
   * @param {HTMLElement} root the canvas's element
   * @param {Hand} hand the tool in hand and how it is held; shared with the canvas
   * @param {object} parts view, marks, brush, compare
   * @param {{changed: () => void, only: (kind: string) => void, status: (text: string) => void}} calls
   */
  constructor(root, hand, { view, marks, brush, compare }, calls) {
    this.#root = root;
    this.#stage = root.querySelector(".pc-stage");
    this.#cursor = root.querySelector(".pc-cursor");
    [this.#hand, this.#calls] = [hand, calls];
    [this.#view, this.#marks, this.#brush, this.#compare] = [view, marks, brush, compare];
  }

  /** Listens on the stage. `on` adds listeners that end with the canvas. */
  listen(on) {
    on(this.#stage, "pointerdown", (event) => this.#down(event));
    on(this.#stage, "pointermove", (event) => this.#move(event));
    on(this.#stage, "pointerup pointercancel", (event) => this.#up(event));
    on(this.#stage, "pointerleave", () => this.leave());
    on(this.#stage, "wheel", (event) => this.#wheel(event), { passive: false });
    const pinch = (event) => event.touches.length > 1 && event.cancelable && event.preventDefault();
    on(this.#stage, "touchstart touchmove", pinch, { passive: false });
    on(this.#stage, "gesturestart", (event) => event.preventDefault());
  }

  /** Takes back the gesture under way. */
  cancel() {
    const gesture = this.#now;
    this.#now = null;
    gesture?.cancel?.();
  }

  /** The pointer has gone from the stage. */
  leave() {
    this.#hand.over = false;
    this.circle();
  }

  /** The brush's circle, of its true size, at the pointer. */
  circle(event, point) {
    const { tool, size, space, over, ready } = this.#hand;
    const cursor = this.#cursor;
    const lifted = event?.pointerType === "touch" && !this.#pointers.has(event.pointerId);
    cursor.hidden = tool !== "brush" || !ready || space || !over || lifted || this.#pointers.size > 1;
    cursor.classList.toggle("is-erasing", this.#erases(event));
    cursor.style.width = cursor.style.height = `${size}px`;
    if (point) Object.assign(cursor.style, { left: `${point.x}px`, top: `${point.y}px` });
  }

  /** A pointer's place on the stage, in CSS px. */
  #at(event) {
    const { left, top } = this.#stage.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** A pointer comes down: a gesture begins, or the second finger makes it a pinch. */
  #down(event) {
    const busy = this.#pointers.size > 1 || (this.#pointers.size && event.pointerType !== "touch");
    if (!this.#hand.ready || event.button > 1 || busy || event.target.closest(".pc-divider")) return;
    if (event.button === 1) event.preventDefault();
    const point = this.#at(event);
    this.#stage.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, point);
    this.#view.stop();
    this.cancel();
    this.#hand.over = true;
    this.#now = this.#pointers.size === 2 ? this.#pinching() : this.#begun(event, point);
    this.circle(event, point);
  }

  /** A pointer moves: the gesture follows, and so does the brush's circle. */
  #move(event) {
    const point = this.#at(event);
    this.#hand.over = true;
    this.circle(event, point);
    if (!this.#pointers.has(event.pointerId)) return;
    this.#pointers.set(event.pointerId, point);
    this.#now?.move(point, event);
  }

  /** A pointer goes up: the gesture ends, or is taken back when the browser took the pointer. */
  #up(event) {
    if (!this.#pointers.delete(event.pointerId)) return;
    const gesture = this.#now;
    this.#now = null;
    if (event.type === "pointercancel") gesture?.cancel?.();
    else gesture?.end?.(this.#at(event));
    this.circle(event, this.#at(event));
  }

  /** The wheel zooms over the picture; with Ctrl, or as a pinch on a pad, anywhere on the stage. */
  #wheel(event) {
    const place = this.#at(event);
    if (!this.#hand.ready || !(event.ctrlKey || this.#view.hits(place))) return;
    event.preventDefault();
    this.#view.stop();
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 200 : 1;
    const pace = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 0.01 : 0.0018;
    const factor = Math.exp(-event.deltaY * lines * pace);
    this.#view.zoom(this.#view.scale * Math.min(1.34, Math.max(0.75, factor)), place);
  }

  /** Whether the brush rubs out now. */
  #erases(event) {
    return this.#hand.erasing || this.#hand.alt || Boolean(event?.altKey) || event?.buttons === 32;
  }

  /** What a pointer does where it came down. @returns {Gesture} */
  #begun(event, point) {
    const { tool, space } = this.#hand;
    const corner = event.target.dataset?.corner;
    if (event.button === 1 || space) return this.#panning(point);
    if (corner) return this.#pulling(corner, point);
    if (tool === "brush") return this.#brushing(point, event);
    if (tool === "box" && this.#marks.within(this.#view.share(point))) return this.#carrying(point);
    if (tool === "box") return this.#boxing(point);
    if (tool === "click" && this.#view.hits(point)) return this.#pinning(point);
    return this.#looking(point);
  }

  /** Look: the picture moves, or the divider when it is seen whole; a double click zooms. */
  #looking(from) {
    const slides = this.#compare.on && !this.#view.loose;
    const pan = this.#panning(from);
    const start = performance.now();
    let far = false;
    const move = (to) => {
      far ||= Math.hypot(to.x - from.x, to.y - from.y) > TAP_PX;
      if (far && slides) this.#compare.slide(to.x);
      else if (far) pan.move(to);
    };
    const end = (to) => {
      pan.end();
      if (!far && performance.now() - start < TAP_MS) this.#tapped(to);
    };
    return { move, end, cancel: pan.end };
  }

  /** A tap; the second in quick succession is a double click. */
  #tapped(place) {
    const last = this.#tap;
    const when = performance.now();
    const twice = last && when - last.when < TAP_MS && Math.hypot(place.x - last.x, place.y - last.y) < TWICE_PX;
    this.#tap = twice ? null : { ...place, when };
    if (twice && this.#hand.tool === "look") this.#view.swap(place);
  }

  /** The picture follows the pointer. */
  #panning(from) {
    let last = from;
    this.#root.classList.add("is-panning");
    const end = () => this.#root.classList.remove("is-panning");
    const move = (to) => {
      this.#view.shift(to.x - last.x, to.y - last.y);
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
      const now = look();
      this.#view.shift(now.x - last.x, now.y - last.y);
      this.#view.zoom((this.#view.scale * now.apart) / last.apart, now);
      last = now;
    };
    return { move };
  }

  /** A stroke of the brush, or of the eraser. */
  #brushing(from, event) {
    const erase = this.#erases(event);
    const { box, pin } = this.#marks;
    if (!erase) this.#calls.only("brush");
    this.#brush.start(from, this.#hand.size, erase);
    const move = (_, moved) => {
      const all = moved.getCoalescedEvents?.() ?? [];
      for (const one of all.length ? all : [moved]) this.#brush.extend(this.#at(one));
    };
    const end = () => {
      this.#brush.finish();
      this.#calls.changed();
    };
    const cancel = () => {
      this.#brush.cancel();
      this.#marks.set(box, pin);
    };
    return { move, end, cancel };
  }

  /** A new box from where the pointer came down; one smaller than a touch is none. */
  #boxing(from) {
    const kept = this.#keep();
    const start = this.#view.share(from);
    let drawn = false;
    const move = (to) => {
      if (!drawn && Math.hypot(to.x - from.x, to.y - from.y) < TAP_PX) return;
      if (this.#marks.span(start, this.#view.share(to))) drawn = true;
    };
    const end = () => (drawn ? this.#done("box") : this.#calls.status("Drag to draw a box."));
    return { move, end, cancel: kept };
  }

  /** A corner of the box follows the pointer; the one across stays. */
  #pulling(corner, from) {
    const kept = this.#keep();
    const across = this.#marks.corner(corner, true);
    const [at, start] = [this.#marks.corner(corner), this.#view.share(from)];
    const move = (to) => {
      const now = this.#view.share(to);
      this.#marks.span(across, { x: at.x + now.x - start.x, y: at.y + now.y - start.y });
    };
    return { move, end: () => this.#done("box"), cancel: kept };
  }

  /** The whole box follows the pointer. */
  #carrying(from) {
    const kept = this.#keep();
    const box = this.#marks.box;
    const start = this.#view.share(from);
    const move = (to) => {
      const now = this.#view.share(to);
      this.#marks.nudge(box, (now.x - start.x) * 100, (now.y - start.y) * 100);
    };
    return { move, end: () => this.#done("box"), cancel: kept };
  }

  /** The pin follows the pointer until it is let go. */
  #pinning(from) {
    const kept = this.#keep();
    const move = (to) => this.#marks.stick(this.#view.share(to));
    move(from);
    return { move, end: () => this.#done("click"), cancel: kept };
  }

  /** Remembers the box and the pin; what it returns puts them back. */
  #keep() {
    const { box, pin } = this.#marks;
    return () => this.#marks.set(box, pin);
  }

  /** A mark is finished: it takes the place of those of other kinds. */
  #done(kind) {
    this.#calls.only(kind);
    this.#calls.changed();
  }
}
