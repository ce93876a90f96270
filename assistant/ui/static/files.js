// Files in and out: open, drop, paste; a session out of a file; the script played on other pictures.

import { call, fetchFile } from "./net.js";
import { ask, complain, progress, toast } from "./toasts.js";

/** Connects buttons, drop and paste. */
export function bindFiles(app) {
  const input = app.find(".pal-file");
  const choose = (accept, many, work) => {
    Object.assign(input, { accept, multiple: many, value: "" });
    input.onchange = () => app.attempt(() => work([...input.files]));
    input.click();
  };
  const on = (name, work) => app.find(`[data-do=${name}]`).addEventListener("click", work);
  on("open", () => choose("image/*,.heic,.heif,.tif,.tiff", false, ([file]) => opened(app, file)));
  on("reference", () => choose("image/*,.heic,.heif,.tif,.tiff", false, ([file]) => sent(app, file, "reference")));
  on("import", () => choose(".zip", false, ([file]) => imported(app, file)));
  on("apply", () => choose("image/*,.heic,.heif,.tif,.tiff", true, (files) => applied(app, files)));
  for (const link of app.root.querySelectorAll("a[data-download]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      app.attempt(() => saved(link.href));
    });
  }
  on("delete", () => app.attempt(() => removed(app)));
  bindDrop(app);
  window.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files || [])].find((one) => one.type.startsWith("image/"));
    const formatted = ["text/plain", "text/html"].every((type) => event.clipboardData?.types.includes(type));
    if (!file || formatted) return; // out of a text processor words come with a picture of themselves
    event.preventDefault();
    app.attempt(() => opened(app, file));
  });
  app.find(".pal-menu-list").addEventListener("click", () => app.find(".pal-menu").removeAttribute("open"));
  document.addEventListener("click", (event) => event.target.closest(".pal-menu") || app.find(".pal-menu").removeAttribute("open"));
}

/** A picture may be dropped anywhere. */
function bindDrop(app) {
  const veil = app.find(".pal-drop");
  const carries = (event) => [...event.dataTransfer.types].includes("Files");
  window.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  window.addEventListener("dragleave", (event) => event.relatedTarget || (veil.hidden = true));
  window.addEventListener("drop", (event) => {
    veil.hidden = true;
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    const session = files.find((file) => file.name.endsWith(".zip"));
    app.attempt(() => (session ? imported(app, session) : files[1] ? several(app, files) : opened(app, files[0])));
  });
}

/** Several pictures came at once. */
async function several(app, files) {
  const count = files.length;
  const choices = [["Edit the first, take from the others", "first", "main"]];
  if (app.script.length) choices.push([`Do this conversation's steps to all ${count}`, "apply"]);
  if (app.pointer) choices.push([`Use all ${count} as references`, "references"]);
  const use = await ask(`${count} pictures`, "What shall be done with them?", choices);
  if (use === "apply") return applied(app, files);
  if (use === "first") {
    app.show(null);
    if (!(await sent(app, files.shift(), "picture"))) return;
  }
  if (!use) return;
  const { id } = app; // the others belong to it, wherever the person goes meanwhile
  for (const file of files) {
    try {
      if (!(await sent(app, file, "reference", id))) return;
    } catch (error) {
      complain(new Error(`${file.name}: ${error.message}`));
    }
  }
}

/** Saves a file that a link names; what goes wrong is said on the page, not in place of it. */
async function saved(path) {
  const patience = setTimeout(() => toast("The file is being made…"), 700);
  const { blob, name, notice } = await fetchFile(path).finally(() => clearTimeout(patience));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  if (notice) toast(notice, "trouble");
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A picture came: the first one begins the session, a second one is asked about. */
async function opened(app, file) {
  if (!file) return;
  if (!app.pointer) return sent(app, file, "picture");
  const use = await ask("A second picture", "What shall be done with it?", [
    ["Edit this one", "picture", "main"],
    ["Use as reference", "reference"],
    ["Begin a new conversation with it", "new"],
    ["Cancel", ""],
  ]);
  if (!use) return;
  if (use === "new") app.show(null);
  await sent(app, file, use === "reference" ? use : "picture");
}

/** Refuses a file that is too large before it travels. */
function weighed(app, file) {
  if (file.size <= app.mostBytes) return;
  throw new Error(`The file has ${Math.ceil(file.size / 1e6)} MB. At most ${Math.floor(app.mostBytes / 1e6)} MB are taken. Make it smaller.`);
}

/** Uploads it, to the session on show if none is named, and says what was lost on the way; whether it was taken. */
async function sent(app, file, use, into = null) {
  if (!file) return false;
  weighed(app, file);
  const id = into ?? (await app.session());
  const ending = new AbortController();
  const bar = file.size > 2e6 ? progress("Opening the picture", () => ending.abort()) : null;
  const tell = (share) => bar?.tell(share, share < 1 ? "Reading…" : "Decoding…");
  try {
    const said = await call("POST", `s/${id}/upload?use=${use}`, file, tell, ending.signal);
    if (!said) return false;
    for (const note of said.notes) toast(note);
    if (said.reference) toast(`It is picture ${said.reference} in your words.`);
    return true;
  } finally {
    bar?.close();
  }
}

async function imported(app, file) {
  const said = await call("POST", "import", file);
  app.show(said.id);
}

async function removed(app) {
  if (!app.id) return;
  const sure = await ask("Delete this conversation?", "Its pictures, steps and history go too. This cannot be undone.", [["Delete it", true, "main"], ["Leave it", null]]);
  if (!sure) return;
  const gone = app.id;
  app.show(null);
  await call("DELETE", `sessions/${gone}`);
  app.sidebar.refresh();
}

/** Plays the script on each picture, one behind the other, and gives back a ZIP. */
async function applied(app, files) {
  if (!files.length) return;
  const { id } = app;
  const { job } = await call("POST", `s/${id}/apply`);
  let stopped = false;
  const bar = progress("Doing the same to other pictures", () => (stopped = true));
  let done = 0;
  for (const [place, file] of files.entries()) {
    if (stopped) break;
    bar.tell(place / files.length, `${place + 1} of ${files.length}: ${file.name}`);
    try {
      weighed(app, file);
      await call("POST", `s/${id}/apply/${job}?name=${encodeURIComponent(file.name)}`, file);
      done += 1;
    } catch (error) {
      complain(new Error(`${file.name}: ${error.message}`));
      if (error.status === 404 || error.status === 409) break; // the run is over, or full: the others would only travel
    }
  }
  bar.close();
  if (!done) return;
  toast(`${done} of ${files.length} done.`);
  await saved(`apply/${job}.zip`);
}
