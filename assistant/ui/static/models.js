// Which models plan and paint, what else there is, and choosing: the same words as `palimpsest models`.

import { button, make } from "./dom.js";
import { call } from "./net.js";
import { complain, toast } from "./toasts.js";

const STATES = { installed: "installed", partial: "only partly here", damaged: "damaged", "not installed": "not installed" };

/** The dialog with all of them. */
export async function chooseModels(app) {
  const dialog = document.querySelector(".pal-dialog");
  if (dialog.open) return;
  const said = await call("GET", "profiles");
  const list = make("ul", { class: "pal-profiles" }, said.profiles.map((profile) => row(app, dialog, profile, said.may_choose)));
  const words = said.may_choose
    ? "They run on this machine; what is installed here can be chosen at any time, and everything painted stays."
    : "Who started the program chooses them for all who use this page.";
  dialog.replaceChildren(
    make("h2", {}, "Models"), make("p", {}, words), list,
    make("p", { class: "pal-machine" }, `This machine: ${said.machine}.`),
    make("div", { class: "row" }, button("Close", "Close", () => dialog.close(), "pal-button")),
  );
  dialog.onclose = () => dialog.classList.remove("wide");
  dialog.classList.add("wide");
  dialog.showModal();
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function row(app, dialog, profile, mayChoose) {
  const size = profile.download_gb ? `${profile.download_gb} GB to fetch` : "built in";
  const facts = [profile.license, profile.commercial_use ? "any use" : "not for commercial use", profile.state === "installed" ? STATES.installed : size];
  if (!["installed", "not installed"].includes(profile.state)) facts.push(STATES[profile.state]);
  return make(
    "li", { class: profile.usable ? "" : "absent", "aria-current": profile.current && "true" },
    make("div", {}, make("h3", {}, profile.name), make("p", {}, profile.words), make("p", { class: "facts" }, facts.join(" · ")),
      make("p", { class: "facts" }, profile.placement), profile.note && make("p", { class: "facts" }, profile.note),
      profile.command && mayChoose && profile.fits && fetching(profile)),
    profile.current ? make("span", { class: "pal-chosen" }, "in use") : profile.usable && mayChoose && button("Use it", `Use ${profile.name} from now on`, () => use(app, dialog, profile)),
  );
}

/** What to type to have it; one click copies it. */
function fetching(profile) {
  const words = profile.state === "not installed" ? "To install it, type in a terminal: " : "To complete it, type in a terminal: ";
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(profile.command);
      toast("Copied.");
    } catch {
      toast("The browser does not let the page copy; select the words instead.");
    }
  };
  return make("p", { class: "facts" }, words, make("code", {}, profile.command), " ", button("Copy", `Copy “${profile.command}”`, copy));
}

async function use(app, dialog, profile) {
  try {
    await call("POST", `profiles/${profile.name}`);
    dialog.close();
    toast(`${profile.name} is being loaded; messages wait for it.`);
    app.watchModels();
  } catch (error) {
    dialog.close();
    complain(error);
  }
}
