// One turn of the conversation: what was said, what was understood, a card for each step, and ways on from there.

import { LONGEST } from "./composer.js";
import { button, image, make, once, percent, seconds } from "./dom.js";
import { stepForm } from "./fields.js";
import { at } from "./net.js";

/** The list item of a turn. `app` gives the session, what can be done, and whether a card is open. */
export function turnItem(view, app) {
  if (view.moved && !view.cards.length) return moveItem(view, app);
  const said = view.message.trim() || "(no words)";
  const busy = view.status === "running" && "true"; // read out once it is done
  return make(
    "li",
    { class: `pal-turn ${view.status}`, "data-id": view.id, "aria-busy": busy },
    make("div", { class: "pal-said" }, make("p", {}, said), view.pointed && make("small", {}, "with a place you pointed at")),
    make("div", { class: "pal-reply" }, replyParts(view, app)),
  );
}

/** A step through the history: one quiet line. */
function moveItem(view, app) {
  const words = view.moved.note || `Version ${view.moved.number} is on show.`;
  return make(
    "li",
    { class: "pal-turn moved", "data-id": view.id },
    make("p", {}, make("span", {}, view.message), " · ", words),
  );
}

/** Everything under the words of a person, in reading order. */
function replyParts(view, app) {
  const planned = view.planned;
  return [
    view.status === "waiting" && waiting(app),
    view.status === "running" && !planned && working(view),
    planned && understood(planned, view),
    view.cards.map((card) => stepCard(card, view, app)),
    planned && view.status === "running" && pending(planned, view),
    planned?.notes.map((words) => make("p", { class: "pal-note" }, words)),
    planned?.offers.length > 0 && offers(planned.offers, app),
    view.asked && question(view.asked, app),
    view.answered && answer(view.answered, app),
    view.failed && trouble(view, app),
    view.stopped && stopped(view, app),
    view.versions.length > 1 && variants(view, app),
    view.branch && branch(view, app),
  ];
}

/** A message behind another one. */
function waiting(app) {
  return make(
    "p",
    { class: "pal-note" },
    "Waits for the message before it. ",
    button("Stop that and do this", "Stop what runs now; this message is next", () => app.stop(), "pal-link"),
    " ",
    button("Take this back", "Do not send this message", () => app.takeBack(), "pal-link"),
  );
}

/** Before anything is known. */
function working(view) {
  const words = view.loading ? "Warming up the models; your message is next" : "Reading your words";
  return make("p", { class: "pal-working" }, words, make("span", { class: "dots", "aria-hidden": "true" }));
}

/** What was understood, and what was chosen where words left it open. */
function understood(planned, view) {
  const several = planned.steps.length > 1 && view.status !== "running";
  const words = planned.act === "drop" ? `Taken out: ${planned.summary.replace(/(?:take out|without step \d+): /g, "")}` : planned.summary;
  return [
    (several || !view.cards.length) && make("p", { class: "pal-understood" }, words),
    planned.dropped > 1 && make("p", { class: "pal-note" }, `${planned.dropped} steps went with it, for they built on it. One undo brings all back.`),
    planned.repaints > 0 && make("p", { class: "pal-note" }, `${planned.repaints} painted ${planned.repaints > 1 ? "steps are" : "step is"} painted anew: in the same place as a new one, or behind something that changed.`),
    planned.chosen.map((words) => make("p", { class: "pal-chosen" }, words)),
  ];
}

/** Steps that have not begun. */
function pending(planned, view) {
  const begun = new Set(view.cards.flatMap((card) => card.words));
  return planned.steps
    .filter((words) => !begun.has(words))
    .map((words) => make("div", { class: "pal-card pending" }, make("p", { class: "words" }, words)));
}

/** One step: words, before and after, how long, how much changed, and "not what I meant". */
function stepCard(card, view, app) {
  const step = card.ids.map((id) => app.steps.get(id)).find((found) => found && app.script.includes(found.id));
  const words = card.words.length ? card.words.join(", ") : card.op;
  const version = view.versions[0];
  const open = step && app.open === `${view.id} ${step.id}`;
  return make(
    "div",
    { class: `pal-card ${card.state}` },
    make("p", { class: "words" }, words),
    card.state === "running" && bar(card),
    card.state === "done" && version && pictures(card, version, app),
    card.state === "done" && make("p", { class: "figures" }, figures(card)),
    card.notes?.map((note) => make("p", { class: "pal-note" }, note)),
    card.checked?.done === false && make("p", { class: "pal-note warn" }, card.checked.note || "I looked, and do not see it in the picture."),
    card.state === "failed" && failedStep(card, app),
    step && card.state === "done" &&
      button(open ? "Close" : "Not what I meant", "Say it in other words, change the numbers, point at the place, or take it out", () => app.toggle(`${view.id} ${step.id}`), "pal-link meant"),
    open && stepForm(step, app),
  );
}

/** How far a step is. */
function bar(card) {
  return make("progress", card.total ? { max: String(card.total), value: String(card.done) } : {});
}

/** Small pictures before and after a step. */
function pictures(card, version, app) {
  const url = (side, id) => at(`s/${app.id}/v/${version}/${side}/${id}.jpg`);
  const drawn = card.op === "generate";
  return make(
    "div",
    { class: "pal-pair" },
    !drawn && image(url("before", card.ids[0]), "before this step"),
    !drawn && make("span", { "aria-hidden": "true" }, "→"),
    image(url("after", card.ids.at(-1)), "after this step"),
  );
}

const EXACT = new Set(["crop", "flip", "pad", "border"]);
const FRAME = new Set(["crop", "rotate", "straighten", "flip", "resize", "pad", "border"]);

/** Time, share and drift in words. */
function figures(card) {
  const parts = [seconds(card.seconds)];
  if (FRAME.has(card.op)) return [...parts, EXACT.has(card.op) ? "a new frame, its pixels as they were" : "a new frame"].join(" · ");
  const whole = card.changed >= 0.995;
  if (card.op !== "generate") parts.push(whole ? "all of it changed" : `${percent(card.changed)} changed`);
  if (card.changed > 0 && !whole) parts.push(card.drift === 0 ? "nothing else touched" : `up to ${card.drift} of 255 elsewhere`);
  return parts.join(" · ");
}

/** A step that could not run. */
function failedStep(card, app) {
  return [
    make("p", { class: "pal-note warn" }, card.message),
    card.show_me && button("Show me: brush over it", "Take the brush and paint over the place", () => app.canvas.setTool("brush")),
  ];
}

/** A question with its readings as buttons. */
function question(asked, app) {
  return [make("p", { class: "pal-answer" }, asked.text), offers(asked.options, app)];
}

/** An answer, or a refusal with the nearest that works. */
function answer(said, app) {
  return [make("p", { class: `pal-answer ${said.refused ? "refused" : ""}` }, said.text), said.offers.length > 0 && offers(said.offers, app)];
}

/** Messages to send with one click. */
function offers(words, app) {
  return make("div", { class: "row" }, words.map((said) => button(said, `Send: ${said}`, once(() => app.say(said)))));
}

/** A turn that failed. */
function trouble(view, app) {
  return [
    make("p", { class: "pal-note warn" }, view.failed),
    !view.pointed && view.message.length < LONGEST && make("div", { class: "row" }, button("Send it again", "Send the same message again", () => app.say(view.message))),
  ];
}

/** A turn that was stopped. */
function stopped(view, app) {
  const count = view.stopped.kept_steps;
  return [
    make("p", { class: "pal-note" }, view.can_keep ? "Stopped. The picture is as it was." : "Stopped."),
    view.can_keep && count > 0 &&
      make("div", { class: "row" }, button(count > 1 ? `Keep the first ${count} steps` : "Keep what was done", "Make a version of the finished steps", () => app.keep(view.id))),
  ];
}

/** The candidates of a turn in a row; a click picks. */
function variants(view, app) {
  return make(
    "div",
    { class: "pal-row", role: "group", "aria-label": "Variants: click one to go on with it" },
    view.versions.map((id, place) =>
      make(
        "button",
        { type: "button", class: "pal-variant", "aria-pressed": String(app.pointer === id), title: `Variant ${place + 1}: go on with this one`, onclick: () => app.go(id) },
        image(at(`s/${app.id}/v/${id}/thumbnail.jpg`), `variant ${place + 1}`),
        String(place + 1),
      ),
    ),
  );
}

/** The pointer was moved while the turn ran. */
function branch(view, app) {
  return make("p", { class: "pal-note" }, "Another version came to be on show meanwhile, so this became a branch. ", button("Show it", "Go to that version", () => app.go(view.versions[0]), "pal-link"));
}
