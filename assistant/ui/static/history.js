// The tree of versions: time runs to the right, a branch begins a new lane. Variants that were not taken are folded.

import { image, keepFocus, make } from "./dom.js";
import { at } from "./net.js";

const WIDE = 84;
const HIGH = 92;

/** Draws the tree into an element; `pick(id)` is called for a click. */
export function drawTree(root, app, pick) {
  const look = JSON.stringify([app.id, app.pointer, app.compared, app.versionList.map((version) => version.id)]);
  if (look === root.dataset.look) return;
  root.dataset.look = look;
  const shown = visible(app);
  const lanes = placed(shown);
  const wide = Math.max(0, ...[...lanes.values()].map((place) => place.x + 1));
  const high = Math.max(0, ...[...lanes.values()].map((place) => place.y + 1));
  const inner = make("div", { class: "pal-tree-inner", style: `width:${wide * WIDE}px;height:${high * HIGH}px` });
  inner.append(edges(shown, lanes, wide, high), ...shown.map((version) => node(version, lanes.get(version.id), app, pick)));
  const left = root.scrollLeft;
  keepFocus(root, () => root.replaceChildren(inner));
  root.scrollLeft = left;
  inner.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Versions but those variants that led nowhere and are not on show. */
function visible(app) {
  const all = app.versionList;
  const parents = new Set(all.map((version) => version.parent));
  return all.filter((version) => version.variant === 0 || parents.has(version.id) || version.id === app.pointer);
}

/** Column and lane of each version: the first child goes on in its parent's lane, others open a new one. */
function placed(shown) {
  const places = new Map();
  const used = new Map();
  let next = 0;
  const laneFrom = (x, wanted) => {
    const free = (used.get(wanted) ?? -1) < x ? wanted : next;
    next = Math.max(next, free + 1);
    used.set(free, Math.max(used.get(free) ?? -1, x));
    return free;
  };
  for (const version of shown) {
    const parent = places.get(version.parent);
    const x = parent ? parent.x + 1 : 0;
    places.set(version.id, { x, y: laneFrom(x, parent ? parent.y : next) });
  }
  return places;
}

/** Lines from parents to children. */
function edges(shown, lanes, wide, high) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", wide * WIDE);
  svg.setAttribute("height", high * HIGH);
  for (const version of shown) {
    const from = lanes.get(version.parent);
    if (!from) continue;
    const to = lanes.get(version.id);
    const [x1, y1, x2, y2] = [from.x * WIDE + 68, from.y * HIGH + 34, to.x * WIDE + 4, to.y * HIGH + 34];
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", `M${x1} ${y1} C${x1 + 10} ${y1} ${x2 - 14} ${y2} ${x2} ${y2}`);
    svg.append(path);
  }
  return svg;
}

/** One version as a button with its thumbnail. */
function node(version, place, app, pick) {
  const folded = app.versionList.filter((other) => other.turn && other.turn === version.turn).length - 1;
  const title = `Version ${version.number}: ${version.label || "the picture"}${version.partial ? " (not all of it was done)" : ""}`;
  return make(
    "button",
    {
      type: "button", class: "pal-node", title, style: `left:${place.x * WIDE + 4}px;top:${place.y * HIGH}px`,
      "aria-current": app.pointer === version.id ? "true" : null, "aria-label": title, "data-id": version.id,
      "data-compared": app.compared === version.id ? "" : null, onclick: () => pick(version.id),
    },
    image(at(`s/${app.id}/v/${version.id}/thumbnail.jpg`), ""),
    make("span", {}, String(version.number), version.partial && " ◐", folded > 0 && version.variant === 0 && make("em", {}, `+${folded}`)),
  );
}
