// "Not what I meant": a step said anew. Painted steps by words; exact ones by a form made from the step's own schema.

import { button, make } from "./dom.js";

const LABELS = { color: "colour", percent: "percent", px: "pixels", size: "letter height" };
const OPEN = "chosen to fit"; // what an empty field says
const MOST_LINES = 6; // of a field, without scrolling
const HIDDEN = new Set(["op", "id", "seed", "enabled", "revision", "depends_on", "where", "references", "scope", "preserve"]);

/** The form of a step. */
export function stepForm(step, app) {
  const schema = app.schemas[step.op];
  const fields = step.generative ? null : fieldsOf(step, schema);
  const drawn = step.op === "generate";
  const form = make("form", { class: "pal-meant" });
  if (step.generative) form.append(wordsField(step));
  else form.append(...fields.map((field) => field.element));
  form.append(
    make(
      "div",
      { class: "row" },
      make("button", { class: "pal-button small main", title: drawn ? "Draw it with these words; this drawing stays in the history" : "Change the step; its place and everything after stay" }, drawn ? "Draw it anew" : "Change it"),
      schema.properties.where && make("button", { type: "button", class: "pal-button small", "data-here": true, hidden: !app.canvas.region, title: "Use the place that you pointed at", onclick: () => app.revise(step, {}, true) }, "Here"),
      step.generative && button("Another one", "The same words, painted with another seed", () => app.act({ act: "reseed", step: step.id })),
      !drawn && button("Take it out", "Remove this step; everything else stays", () => app.act({ act: "drop", step: step.id })),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!step.generative) return app.revise(step, Object.fromEntries(fields.map((field) => [field.name, field.value()])));
    const words = form.elements.words.value;
    const taken = await (drawn ? app.say(/^draw\b/i.test(words) ? words : `draw ${words}`) : app.say(words, { about: step.id }));
    return taken && app.shut();
  });
  return form;
}

/** Words of a painted step. */
function wordsField(step) {
  const words = step.op === "generate" ? step.wish.prompt : step.wish.modify;
  const area = make("textarea", { name: "words", rows: "2", "aria-label": "What this step shall do" });
  area.value = words;
  return area;
}

/** A control for each field of the step's schema that a person can set. */
function fieldsOf(step, schema) {
  return Object.entries(schema.properties)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, info]) => field(name, plain(info, schema), step.wish[name], info))
    .filter(Boolean)
    .concat(schema.properties.where ? [place(step.wish.where)] : []);
}

/** Where a step works, in words; a place that was pointed at stays unless words take its place. */
function place(where) {
  const words = where?.phrase ?? "";
  const element = make("input", { type: "text", value: words, placeholder: where && !words ? "the place pointed at" : "everywhere" });
  const value = () => {
    const said = element.value.trim();
    if (said === words) return undefined; // nothing to say
    return said ? { phrase: said, invert: where?.invert ?? false } : null;
  };
  const label = where?.invert ? "not where" : "where";
  return { name: "where", value, element: make("label", { class: "pal-field", title: "The part of the picture, such as “left half” or “the sky”" }, make("span", {}, label), element) };
}

/** The one type of a field that may be null or refer to a definition. */
function plain(info, schema) {
  const found = (info.anyOf || [info]).find((part) => part.type !== "null") || info;
  const named = found.$ref || found.allOf?.[0]?.$ref;
  return named ? { ...schema.$defs?.[named.split("/").pop()], ...found } : found;
}

/** One labelled control with a function that reads it; null for what has no simple control. */
function field(name, type, value, info) {
  const label = LABELS[name] || name.replaceAll("_", " ");
  const control = controlOf(type, value, info.default);
  if (!control) return null;
  const title = info.description || label;
  return {
    name,
    element: make("label", { class: "pal-field", title }, make("span", {}, label), control.element),
    value: control.value,
  };
}

/** The control for a type: a choice, a tick, a number, words. */
function controlOf(type, value, usual) {
  if (type.enum || type.const) return choice(type.enum || [type.const], value ?? usual);
  if (type.type === "boolean") return tick(value ?? usual);
  if (type.type === "number" || type.type === "integer") return number(type, value ?? usual);
  if (type.type === "string") return text(value ?? usual);
  return null;
}

/** A list to choose from; the first entry leaves it open. */
function choice(values, value) {
  const element = make("select", {}, make("option", { value: "" }, "–"), values.map((one) => make("option", { value: one, selected: one === value }, String(one))));
  return { element, value: () => element.value || null };
}

/** Yes or no. */
function tick(value) {
  const element = make("input", { type: "checkbox", checked: Boolean(value) });
  return { element, value: () => element.checked };
}

/** A number within its bounds. */
function number(type, value) {
  const bounds = { min: type.minimum ?? type.exclusiveMinimum, max: type.maximum ?? type.exclusiveMaximum };
  const element = make("input", { type: "number", step: type.type === "integer" ? "1" : "any", ...bounds, value: value ?? "", placeholder: OPEN });
  return { element, value: () => (element.value === "" ? null : Number(element.value)) };
}

/** Words; those of several lines keep them. */
function text(value) {
  const lines = (value ?? "").split("\n").length;
  const element = lines > 1
    ? make("textarea", { rows: Math.min(lines, MOST_LINES) }, value)
    : make("input", { type: "text", value: value ?? "", placeholder: OPEN });
  return { element, value: () => element.value || null };
}
