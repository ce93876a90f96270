// Talking to the server: one function for calls, one for the feed. Errors arrive as sentences and are thrown as such.

export const BASE = new URL("palimpsest/", document.baseURI);

/** The address of one of our routes. */
export const at = (path) => new URL(path, BASE).href;

/** Calls a route; the answer's JSON. Throws an Error whose message is a sentence for people. */
export async function call(method, path, body, onProgress, signal) {
  if (body instanceof Blob) return send(method, path, body, onProgress, signal);
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(at(path), options);
  } catch {
    throw new Error("The program does not answer. Is it still running?");
  }
  return read(answer.status, await answer.text());
}

/** Sends a file, telling how much of it has gone, 0..1; null when `signal` broke it off. */
function send(method, path, blob, onProgress = () => {}, signal = null) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, at(path));
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onabort = () => resolve(null);
    signal?.addEventListener("abort", () => request.abort());
    request.onerror = () => reject(new Error("The file did not arrive. Is the program still running?"));
    request.onload = () => {
      try {
        resolve(read(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.send(blob);
  });
}

/** The JSON of an answer, or its sentence thrown. */
function read(status, text) {
  let said = {};
  try {
    said = JSON.parse(text || "{}");
  } catch {
    said = { error: "The program gave an answer that makes no sense. Load the page again." };
  }
  if (status === 401) location.reload();
  if (status >= 400) throw Object.assign(new Error(said.error || `That did not work (${status}).`), { status });
  return said;
}

/** A file from one of our routes, under the name that the server gave it, with what is to be said of it. Throws an Error as `call` does. */
export async function fetchFile(path) {
  let answer;
  try {
    answer = await fetch(at(path));
  } catch {
    throw new Error("The program does not answer. Is it still running?");
  }
  if (!answer.ok) read(answer.status, await answer.text());
  const said = answer.headers.get("Content-Disposition") || "";
  const name = /filename\*=(?:UTF|utf)-8''([^;]+)/.exec(said) || /filename="([^"]+)"/.exec(said);
  try {
    const notice = answer.headers.get("Palimpsest-Notice") || "";
    return { blob: await answer.blob(), name: name ? decodeURIComponent(name[1]) : "palimpsest", notice };
  } catch {
    throw new Error("The file broke off on its way. Is the program still running?");
  }
}

const UNSEEN_MS = 20_000; // a browser follows six feeds of one program at a time, in all its tabs

/** Follows a session's feed; the browser takes it up again by itself. The first patch after that tells everything.
    A page that nobody sees lets go of it after a while, unless `holds` says that somebody is in the middle of something. */
export function follow(id, onPatch, onLost, holds = () => false) {
  let source = null;
  let unseen = 0;
  let fresh = true;
  const connect = () => {
    source = new EventSource(at(`s/${id}/feed`));
    source.onopen = () => (fresh = true);
    source.onmessage = (event) => {
      onPatch(JSON.parse(event.data), fresh);
      fresh = false;
    };
    source.onerror = () => {
      onLost(source.readyState === EventSource.CLOSED);
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, 1500);
    };
  };
  let again = 0;
  const leave = () => {
    clearTimeout(again);
    source.close();
  };
  const looked = () => {
    clearTimeout(unseen);
    if (document.hidden) unseen = setTimeout(() => holds() || leave(), UNSEEN_MS);
    else if (source.readyState === EventSource.CLOSED) leave(), connect();
  };
  connect();
  looked(); // a tab may be opened behind others
  document.addEventListener("visibilitychange", looked);
  return () => {
    document.removeEventListener("visibilitychange", looked);
    clearTimeout(unseen);
    leave();
  };
}
