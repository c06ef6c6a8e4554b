// Suggestions in the admin, decided without leaving the page, and by keys. Without this script each
// button leads to the page anew.

const page = document.querySelector("[data-suggestions]");
const KEYS = { a: "[data-accept]", r: "[data-reject]", c: "[data-change]" };
let current = null;
let last = null; // what was decided last

const open = () => [...page.querySelectorAll("[data-suggestion]")];

function choose(row) {
  current?.removeAttribute("data-current");
  current = row;
  if (!row) return;
  row.setAttribute("data-current", "");
  row.querySelector("[data-accept]")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.querySelector("li");
}

/** Send a form; its row is replaced by what follows, or says what is wrong. */
async function send(form, submitter) {
  const row = form.closest(".suggestion");
  const rows = open();
  const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
  const error = row.querySelector("[data-error]");
  const body = new FormData(form, submitter);
  row.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch" },
    });
    const text = await response.text();
    if (response.ok || response.status === 409) {
      const followed = fragment(text);
      followed.before = row;
      row.replaceWith(followed);
      last = followed.querySelector("[data-undo]") ?? last;
      choose(next ?? null);
      return;
    }
    say(error, response.status === 400 ? text : page.dataset.failed);
  } catch {
    say(error, page.dataset.failed);
  }
  row.removeAttribute("aria-busy");
}

function say(element, text) {
  element.textContent = text;
  element.hidden = false;
}

/** Take a decision back; the suggestion stands where it stood. */
async function undo(form) {
  const row = form.closest("li");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
    });
    if (response.status === 204 && row.before) {
      row.before.removeAttribute("aria-busy");
      row.before.querySelector("details")?.removeAttribute("open");
      row.replaceWith(row.before);
      choose(row.before);
      return;
    }
  } catch {
    // The page anew says what became of it.
  }
  window.location.reload();
}

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-undo]")) {
    event.preventDefault();
    undo(form);
  } else if (form.closest("[data-suggestion]")) {
    event.preventDefault();
    send(form, event.submitter);
  }
});

page.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-suggestion]");
  if (row && row !== current) {
    current?.removeAttribute("data-current");
    current = row;
    row.setAttribute("data-current", "");
  }
});

// What is changed is typed at once; after a key it is not waited for, lest the next key goes astray.
const focusField = (details) => details?.querySelector("input[list], textarea")?.focus();
page.addEventListener("toggle", (event) => event.target.open && focusField(event.target), true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") {
      const details = event.target.closest("[data-suggestion] details");
      details?.removeAttribute("open");
      details?.querySelector("summary").focus();
    }
    return;
  }
  const key = event.key.toLowerCase();
  const rows = open();
  if (key === "j" || key === "k") {
    const at = rows.indexOf(current);
    const to = at < 0 ? 0 : at + (key === "j" ? 1 : -1);
    if (rows[to]) choose(rows[to]);
  } else if (key === "u") {
    const done = last?.isConnected ? last : null;
    if (done) undo(done);
  } else if (KEYS[key] && current?.isConnected) {
    current.querySelector(KEYS[key])?.click();
    if (key === "c") focusField(current.querySelector("details[open]"));
  } else {
    return;
  }
  event.preventDefault();
});
