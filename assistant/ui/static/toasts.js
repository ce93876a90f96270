// Short words at the edge of the page, and questions that need an answer before something is done.

import { button, make } from "./dom.js";

const SECONDS = 7;
const LETTERS_A_SECOND = 14; // of a long sentence

/** Says a sentence for a while. */
export function toast(words, kind = "note") {
  const box = make("p", { class: `pal-toast ${kind}` }, words);
  document.querySelector(".pal-toasts").append(box);
  setTimeout(() => box.remove(), Math.max(SECONDS, words.length / LETTERS_A_SECOND) * 1000);
}

/** Says what went wrong. */
export const complain = (error) => toast(error.message || String(error), "trouble");

/** Asks with buttons; resolves to the chosen one's value, null when the dialog is left, or is taken by another one. */
export function ask(title, words, choices) {
  const dialog = document.querySelector(".pal-dialog");
  if (dialog.open) return Promise.resolve(null);
  return new Promise((resolve) => {
    let answer = null;
    const buttons = choices.map(([label, value, kind]) =>
      button(label, label, () => ((answer = value), dialog.close()), `pal-button ${kind || ""}`),
    );
    dialog.replaceChildren(make("h2", {}, title), make("p", {}, words), make("div", { class: "row" }, buttons));
    dialog.onclose = () => resolve(answer);
    dialog.showModal();
  });
}

/** A dialog with a bar, which is stopped when it is left; returns what sets its words and how far it is, and what closes it. */
export function progress(title, onStop) {
  const dialog = document.querySelector(".pal-dialog");
  const words = make("p", {}, "");
  const bar = make("progress", { max: "1", value: "0" });
  dialog.replaceChildren(make("h2", {}, title), bar, words, make("div", { class: "row" }, button("Stop", "Stop here", onStop)));
  dialog.onclose = onStop;
  dialog.showModal();
  const close = () => {
    if (!bar.isConnected) return; // it was left, and another one has the dialog now
    dialog.onclose = null;
    dialog.close();
  };
  return { tell: (share, said) => ((bar.value = share), (words.textContent = said)), close };
}
