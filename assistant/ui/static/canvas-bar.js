// The bar at the foot of the picture: its icons, its buttons, and what they say of the state.

/** @typedef {"look" | "brush" | "box" | "click"} Tool */

export const BRUSH = { least: 8, most: 160, usual: 44 };
const HINTS = { look: "Wheel or pinch to zoom", brush: "", box: "Drag a box around it", click: "Press on the thing" };
export const TOOLS = Object.keys(HINTS);

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
const button = (doing, name, title, word = "") => `<button type="button" data-do="${doing}" aria-label="${name}"
  title="${title}">${icon(ICONS[doing])}${word && `<span>${word}</span>`}</button>`;

const MARKUP = `
  <div class="pc-group pc-tools">
    ${button("look", "Look", "Look around: drag to move the picture, wheel or pinch to zoom", "Look")}
    ${button("brush", "Brush", "Brush over the part you mean", "Brush")}
    ${button("box", "Box", "Drag a box around the part you mean", "Box")}
    ${button("click", "Point", "Point at the thing you mean: here", "Point")}
  </div>
  <div class="pc-group pc-context">
    <span class="pc-hint"></span>
    <input type="range" class="pc-size" min="${BRUSH.least}" max="${BRUSH.most}" value="${BRUSH.usual}"
      aria-label="Brush size" title="How wide the brush is">
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
  </div>`;

export class Bar {
  #element; #hint;

  /** @param {HTMLElement} element an empty one, filled here */
  constructor(element) {
    this.#element = element;
    element.innerHTML = MARKUP;
    this.#hint = element.querySelector(".pc-hint");
    this.size = element.querySelector(".pc-size");
    this.full(false);
  }

  /** The bar itself. */
  get element() {
    return this.#element;
  }

  /** A control by what it does. */
  button(doing) {
    return this.#element.querySelector(`[data-do="${doing}"]`);
  }

  /** Says whether a control is pressed. */
  press(doing, on) {
    this.button(doing).setAttribute("aria-pressed", String(on));
  }

  /** Which tool is in hand, whether it rubs out, and whether something is marked. */
  tools(tool, erasing, marked) {
    const brushing = tool === "brush";
    this.#element.toggleAttribute("data-needs-context", brushing || marked);
    for (const one of TOOLS) this.press(one, one === tool);
    this.press("erase", erasing);
    this.button("erase").hidden = this.size.hidden = !brushing;
    this.button("clear").disabled = !marked;
    this.button("clear").hidden = !marked && tool === "look";
    this.#hint.hidden = brushing;
    this.#hint.textContent = HINTS[tool];
  }

  /** A word on what can be done just now, in place of the tool's own. */
  hint(text) {
    this.#hint.textContent = text;
  }

  /** How large the picture is shown. @param {import("./canvas-view.js").View} view */
  zoom(view) {
    const shown = Math.round(view.scale * 100);
    const next = view.fit ? `${view.other * 100} %` : "the whole picture";
    const control = this.button("percent");
    control.textContent = `${shown} %`;
    control.title = `Shown at ${shown} % of its true size; press for ${next}`;
    control.setAttribute("aria-label", control.title);
    this.button("out").disabled = view.scale <= view.least + 0.001;
    this.button("in").disabled = view.scale >= view.most - 0.001;
  }

  /** The comparing controls: pressed, free, or off with the reason. */
  comparing(can, on, held) {
    const why = "There is no picture before this one yet";
    this.press("compare", on);
    this.press("hold", held);
    for (const name of ["compare", "hold"]) this.button(name).disabled = !can;
    this.button("compare").title = can ? "Compare with the picture before: a line to drag across" : why;
    this.button("hold").title = can ? "Hold to see the picture before (or hold the key B)" : why;
  }

  /** How wide the brush is. */
  brush(size) {
    this.size.value = size;
    this.size.style.setProperty("--pc-share", `${((size - BRUSH.least) / (BRUSH.most - BRUSH.least)) * 100}%`);
  }

  /** Which way the full-screen control goes. */
  full(on) {
    const control = this.button("full");
    control.innerHTML = icon(on ? ICONS.leave : ICONS.full);
    control.setAttribute("aria-label", on ? "Leave full screen" : "Full screen");
    control.title = on ? "Give the screen back" : "Fill the whole screen with the picture";
    this.press("full", on);
  }
}
