// Sends photos one by one, four at a time: each with its progress, its error and another try. A lost
// connection is waited for. The shop knows each file by its key, so what is sent again is stored once.

import { chosen, dropped, prepared } from "./intake-files.js";
import { ZipProblem } from "./intake-zip.js";

const AT_ONCE = 4;
const LONGEST_PAUSE = 30; // seconds
const LOSSES = 5; // of one file, with the network there, before it counts as failed
const TIMEOUT = 180_000; // milliseconds
const RATED = 20_000; // milliseconds that the rate is taken over

const form = document.querySelector("[data-intake]");
const part = (name) => form.querySelector(`[data-${name}]`);
const say = (name, values = {}) =>
  form.dataset[name].replace(/{(\w+)}/g, (_, key) => values[key] ?? "");
const addresses = { ...form.dataset };
const mostBytes = Number(form.dataset.mostBytes);

const items = new Map(); // by key
const queue = [];
let active = 0;
let atOnce = AT_ONCE;
let losses = 0; // of the connection, one after another
let pause = null;
let halted = false; // logged out, or forbidden
let finished = []; // [time, bytes] of what was sent lately

class Lost extends Error {}

// --- Talking to the shop --------------------------------------------------------------------------

/** The cookie's, for who logs in again in another tab gets another. */
const token = () =>
  /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

/** Post a form; {status, answer}, or `Lost`. `onProgress` gets bytes, and null when all are sent. */
function post(address, body, onProgress = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.timeout = TIMEOUT;
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.upload.addEventListener("load", () => onProgress(null));
    for (const name of ["error", "timeout", "abort"]) {
      request.addEventListener(name, () => reject(new Lost()));
    }
    request.addEventListener("load", () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // A page: of the login, or of an error.
      }
      const login = request.status === 200 && answer === null;
      resolve({ status: login ? 401 : request.status, answer });
    });
    request.send(body);
  });
}

/** Post until there is an answer. */
async function persist(address, body) {
  for (;;) {
    await (pause ?? Promise.resolve());
    try {
      const got = await post(address, body);
      if (got.status < 500) {
        connected();
        return got;
      }
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
    }
    lose();
  }
}

/** The connection is gone: wait, longer each time, or until the browser says that it is back. */
function lose() {
  if (pause) return;
  losses += 1;
  atOnce = 1; // one tries, the others follow
  const seconds = Math.min(LONGEST_PAUSE, 2 ** (losses - 1));
  notice(navigator.onLine ? say("sayUnreachable", { seconds }) : say("sayOffline"));
  pause = new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      pause = null;
      resolve();
      pump();
    };
    const timer = setTimeout(go, 1000 * seconds);
    addEventListener("online", go);
  });
}

function connected() {
  if (losses) notice("");
  losses = 0;
  atOnce = AT_ONCE;
}

function halt(status) {
  halted = true;
  notice(say(status === 401 ? "sayLoggedOut" : "sayForbidden"));
  for (const item of queue.splice(0)) set(item, "failed", "");
}

function notice(text) {
  part("notice").textContent = text;
  part("notice").hidden = !text;
}

// --- Files ----------------------------------------------------------------------------------------

addEventListener("offline", () => {
  if (isBusy()) notice(say("sayOffline"));
});

async function add(files) {
  const complaints = [];
  const found = await prepared(files, (name) => complaints.push(say("sayBadZip", { name })));
  const fresh = [...new Map(found.map((one) => [one.key, one])).values()].filter(
    ({ key }) => !items.has(key),
  );
  if (items.size + fresh.length > Number(form.dataset.mostFiles)) {
    complaints.push(say("sayTooMany", { count: items.size + fresh.length }));
    fresh.length = 0;
  } else if (!found.length && !complaints.length) {
    complaints.push(say("sayNothing"));
  }
  part("progress").hidden = false;
  notice(complaints.join(" "));
  if (!fresh.length) return;
  for (const one of fresh) {
    const item = { ...one, loaded: 0, losses: 0, state: "waiting", text: "" };
    items.set(item.key, item);
    show(item);
  }
  follow();
  if (!(await ensureBatch())) return;
  if (await announce(fresh.map(({ key }) => items.get(key)))) pump();
}

let beginning = null;

/** The batch that the photos belong to, begun with the first of them. */
function ensureBatch() {
  if (addresses.page) return Promise.resolve(true);
  beginning ??= begin();
  return beginning;
}

async function begin() {
  const body = new FormData();
  body.set("by", "script");
  const { status, answer } = await persist(form.dataset.begin, body);
  if (status !== 200) {
    halt(status);
    beginning = null;
    return false;
  }
  Object.assign(addresses, answer);
  form.action = answer.page;
  history.replaceState(null, "", answer.page); // who comes back finds what was sent
  return true;
}

/** Tell the shop what is to come, so that it knows what is missing; whether it takes them. */
async function announce(fresh) {
  const atOnceTold = Number(form.dataset.atOnce);
  for (let from = 0; from < fresh.length; from += atOnceTold) {
    const some = fresh.slice(from, from + atOnceTold);
    const files = some.map(({ key, name, folder, size }) => ({ key, name, folder, size }));
    const body = new Blob([JSON.stringify({ files })], { type: "application/json" });
    const { status, answer } = await persist(addresses.announce, body);
    if (status !== 200) {
      for (const item of fresh.slice(from)) set(item, "failed", answer?.error ?? "");
      if (status === 401 || status === 403) halt(status);
      else notice(answer?.error ?? say("sayError", { status }));
      return false;
    }
    for (const one of answer.files) {
      const item = items.get(one.key);
      if (one.state === "missing") queue.push(item);
      else settle(item, one);
    }
  }
  return true;
}

function pump() {
  while (!pause && !halted && active < atOnce && queue.length) {
    active += 1;
    send(queue.shift()).finally(() => {
      active -= 1;
      pump();
    });
  }
  follow();
}

async function send(item) {
  set(item, "sending");
  let blob;
  try {
    blob = await item.open(mostBytes);
    await blob.slice(0, 1).arrayBuffer(); // was it moved since it was dropped?
  } catch (error) {
    const zip = { locked: "sayZipLocked", method: "sayZipMethod", damaged: "sayZipDamaged" };
    set(item, "failed", say(error instanceof ZipProblem ? zip[error.message] : "sayUnreadable"));
    return;
  }
  const body = new FormData();
  body.set("key", item.key);
  body.set("name", item.name);
  body.set("folder", item.folder);
  body.set("photo", blob, item.name);
  try {
    const { status, answer } = await post(addresses.send, body, (loaded) => {
      item.loaded = loaded === null ? item.size : Math.min(loaded, item.size);
      if (loaded === null) set(item, "checking");
      else item.bar.value = item.size ? item.loaded / item.size : 0;
    });
    take(item, status, answer);
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    retry(item);
  }
}

/** What the shop answered to a file. */
function take(item, status, answer) {
  if (status === 200 && answer) {
    connected();
    finished.push([Date.now(), item.size]);
    settle(item, answer);
  } else if (status === 401 || status === 403) {
    set(item, "failed", "");
    halt(status);
  } else if (status === 413) {
    set(item, "refused", say("sayTooLarge"));
  } else if (status >= 500) {
    retry(item, answer?.error ?? say("sayError", { status }));
  } else {
    set(item, "failed", answer?.error ?? say("sayError", { status }));
  }
}

/** Back to the front of the queue; a file that is lost again and again while others pass has failed. */
function retry(item, reason = "") {
  if (navigator.onLine) item.losses += 1;
  item.loaded = 0;
  if (item.losses >= LOSSES) {
    set(item, "failed", reason);
  } else {
    set(item, "waiting");
    queue.unshift(item);
  }
  lose();
}

function settle(item, { state, text, link }) {
  item.loaded = item.size;
  set(item, state, text, link);
}

function again(chosenItems) {
  halted = false;
  notice("");
  for (const item of chosenItems) {
    item.losses = 0;
    item.loaded = 0;
    set(item, "waiting");
  }
  // Told once more: the first telling may have failed, too.
  ensureBatch().then(async (there) => {
    if (there && (await announce(chosenItems))) pump();
  });
}

// --- The page -------------------------------------------------------------------------------------

const SAID = {
  waiting: "sayWaiting",
  sending: "saySending",
  checking: "sayChecking",
  stored: "sayStored",
  known: "sayKnown",
  refused: "sayRefused",
  failed: "sayFailed",
};
const isBusy = () => queue.length > 0 || active > 0;
const those = (...states) => [...items.values()].filter((item) => states.includes(item.state));

function show(item) {
  const row = part("row").content.firstElementChild.cloneNode(true);
  [item.named, item.said, item.bar, item.button] = row.children;
  item.row = row;
  item.named.textContent = item.folder ? `${item.folder}/${item.name}` : item.name;
  item.bar.setAttribute("aria-label", item.name);
  item.button.textContent = say("sayAgain");
  item.button.setAttribute("aria-label", say("sayAgainName", { name: item.name }));
  item.button.addEventListener("click", () => again([item]));
  set(item, "waiting");
  part("list").append(row);
}

function set(item, state, text = "", link = "") {
  item.state = state;
  item.row.dataset.state = state;
  const words = text || say(SAID[state]);
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.className = "order-link";
    anchor.textContent = words;
    item.said.replaceChildren(anchor);
  } else {
    item.said.textContent = words;
  }
  item.bar.hidden = !["waiting", "sending", "checking"].includes(state);
  if (state === "checking") item.bar.removeAttribute("value");
  else item.bar.value = state === "sending" && item.size ? item.loaded / item.size : 0;
  item.button.hidden = state !== "failed";
}

let timer = null;

/** Keep the totals up to date while there is something to do. */
function follow() {
  total();
  timer ??= setInterval(() => {
    total();
    if (isBusy() || those("waiting").length) return;
    clearInterval(timer);
    timer = null;
    ended();
  }, 250);
}

function total() {
  const all = [...items.values()];
  const done = those("stored", "known", "refused").length;
  part("told").textContent = say("sayProgress", { done, all: all.length });
  const bytes = all.reduce((sum, item) => sum + item.size, 0);
  const sent = all.reduce((sum, item) => sum + Math.min(item.loaded, item.size), 0);
  part("bar").value = bytes ? sent / bytes : done / (all.length || 1);
  const since = Date.now() - RATED;
  finished = finished.filter(([time]) => time > since);
  part("rate").textContent = "";
  if (finished.length > 2 && isBusy()) {
    const seconds = Math.max(1, (Date.now() - finished[0][0]) / 1000);
    const rate = finished.length / seconds;
    const left = Math.round((all.length - done) / rate);
    part("rate").textContent = say("sayRate", {
      rate: rate.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }),
      left: left < 90 ? say("saySeconds", { n: left }) : say("sayMinutes", { n: Math.round(left / 60) }),
    });
  }
  const failed = those("failed").length;
  part("again-all").hidden = !failed;
  part("filter").hidden = !failed && !those("refused").length;
  if (addresses.page && those("stored").length) {
    part("next").href = addresses.page.replace(/photos\/$/, "arrange/");
    part("next").hidden = false;
  }
}

function ended() {
  const counts = Object.fromEntries(
    ["stored", "known", "refused", "failed"].map((state) => [state, those(state).length]),
  );
  part("told").textContent = [
    say("sayDone", counts),
    counts.failed ? say("sayLeft", counts) : "",
  ].join(" ");
  part("rate").textContent = "";
  for (const old of document.querySelectorAll("[data-summary], [data-missing]")) old.hidden = true;
  if (counts.stored) watch();
}

let watching = false;

/** Say how far the search is, until it has seen all; less and less often. */
async function watch(wait = 1000) {
  if (watching && wait === 1000) return;
  watching = true;
  const status = await fetch(addresses.state, { headers: { Accept: "application/json" } })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  if (status && status.found !== null) part("found").textContent = say("sayFound", status);
  const more = !status || (status.found !== null && status.found < status.kept);
  if (more && wait < 60_000) setTimeout(() => watch(wait * 1.2), wait);
  else watching = false;
}

addEventListener("beforeunload", (event) => {
  if (isBusy()) event.preventDefault();
});

for (const one of form.querySelectorAll("[data-scripted]")) one.hidden = false;
for (const input of [part("files"), part("folder")]) {
  input.hasChangeListener = true; // unfold's own, which looks for a field of text beside it
  input.addEventListener("change", () => {
    const files = chosen(input);
    input.value = "";
    add(files);
  });
}
form.addEventListener("submit", (event) => event.preventDefault());
part("again-all").addEventListener("click", () => again(those("failed")));
part("only-problems").addEventListener("change", (event) => {
  part("list").classList.toggle("intake-problems", event.target.checked);
});

// Anywhere on the page: who misses the zone does not want the browser to show the photo.
let over = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  over += 1;
  part("zone").classList.add("intake-over-zone");
});
addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  over -= 1;
  if (over <= 0) part("zone").classList.remove("intake-over-zone");
});
addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  over = 0;
  part("zone").classList.remove("intake-over-zone");
  dropped(event.dataTransfer).then(add);
});
form.dataset.ready = "";
