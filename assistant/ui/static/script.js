// The script: the steps of the version on show, each to be switched off, edited, moved or taken out.

import { button, keepFocus, make } from "./dom.js";
import { stepForm } from "./fields.js";

/** Draws the list into an element. */
export function drawScript(root, app) {
  const steps = app.script.map((id) => app.steps.get(id)).filter(Boolean);
  const look = JSON.stringify([app.pointer !== null, app.open, steps]);
  if (look === root.dataset.look) return; // what is being written into a form stays
  root.dataset.look = look;
  if (!steps.length) {
    const words = app.pointer ? "No steps yet: this is the picture as it came." : "Steps appear here as you talk.";
    root.replaceChildren(make("li", { class: "pal-quiet" }, words));
    return;
  }
  keepFocus(root, () => root.replaceChildren(...steps.map((step, place) => item(step, place, steps.length, app))));
}

/** One step of the list. */
function item(step, place, count, app) {
  const open = app.open === `script ${step.id}`;
  const fixed = step.op === "generate";
  const row = make(
    "li",
    { class: `pal-step ${step.enabled ? "" : "off"}`, "data-id": step.id, draggable: fixed ? null : "true" },
    make("div", { class: "pal-step-row" },
      make("label", { class: "pal-switch", title: step.enabled ? "Switch off: the step stays here and is not played" : "Switch on" },
        make("input", { type: "checkbox", checked: step.enabled, disabled: fixed, "aria-label": `Play step ${place + 1}`, onchange: (event) => switched(event.target, step, app) }),
        make("span", { "aria-hidden": "true" })),
      make("span", { class: "number" }, String(place + 1)),
      make("p", {}, step.words),
      make("span", { class: "pal-step-tools" },
        !fixed && place > 0 && app.steps.get(app.script[place - 1])?.op !== "generate" && button("↑", "Earlier", () => app.act({ act: "move", step: step.id, position: place }), "pal-icon tiny"),
        !fixed && place < count - 1 && button("↓", "Later", () => app.act({ act: "move", step: step.id, position: place + 2 }), "pal-icon tiny"),
        button("✎", open ? "Close" : "Change this step", () => app.toggle(`script ${step.id}`), "pal-icon tiny"),
        !fixed && button("✕", "Take this step out", () => app.act({ act: "drop", step: step.id }), "pal-icon tiny"))),
    open && stepForm(step, app),
  );
  if (!fixed) draggable(row, step, app);
  return row;
}

/** Switches a step; the switch goes back where that was not done. */
async function switched(control, step, app) {
  const done = await app.act({ act: "switch", step: step.id, on: control.checked });
  if (!done) control.checked = step.enabled;
}

/** Moves a step by dragging it onto another one's place. */
function draggable(row, step, app) {
  row.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/palimpsest-step", step.id));
  row.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("text/palimpsest-step")) return;
    event.preventDefault();
    row.classList.add("over");
  });
  row.addEventListener("dragleave", () => row.classList.remove("over"));
  row.addEventListener("drop", (event) => {
    const moved = event.dataTransfer.getData("text/palimpsest-step");
    row.classList.remove("over");
    if (!moved || moved === step.id) return;
    event.preventDefault();
    event.stopPropagation();
    app.act({ act: "move", step: moved, position: app.script.indexOf(step.id) + 1 });
  });
}
