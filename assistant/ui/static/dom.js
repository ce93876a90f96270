// Making elements: text is always set as text, so nothing that a person wrote is ever markup.

/** An element with attributes, listeners (`onclick`) and children (strings are text). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that says what it does; one with a mere sign on it is called what its title says. */
export function button(words, title, onclick, kind = "pal-button small") {
  return make("button", { type: "button", class: kind, title, onclick, "aria-label": words.length === 1 && title }, words);
}

/** A listener for which a double click is one click. */
export const once = (work) => (event) => (event.detail > 1 ? null : work(event));

/** Draws a part anew; the focus stays at the same place in it. */
export function keepFocus(root, draw) {
  const places = () => [...root.querySelectorAll("button, input, select, textarea")];
  const place = root.contains(document.activeElement) ? places().indexOf(document.activeElement) : -1;
  draw();
  if (place >= 0 && !root.contains(document.activeElement)) places()[place]?.focus({ preventScroll: true });
}

/** A picture that vanishes where there is none. */
export function image(src, alt, kind = "") {
  const element = make("img", { src, alt, class: kind, loading: "lazy", decoding: "async", draggable: "false" });
  element.addEventListener("error", () => element.classList.add("missing"), { once: true });
  return element;
}

/** A number of seconds, short. */
export const seconds = (value) => (value < 0.095 ? "under 0.1 s" : `${value.toFixed(1)} s`);

/** A share 0..1 in percent, never rounded to nothing. */
export function percent(value) {
  if (value === 0) return "nothing";
  return value < 0.01 ? "under 1 %" : `${Math.round(value * 100)} %`;
}
