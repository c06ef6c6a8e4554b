// The relevance desk: sliders say at once what they mean, results are judged and arranged by one key
// each. What counts is on the server; the lists are what it sent last.

const desk = document.querySelector("[data-desk]");
const steps = JSON.parse(desk.dataset.steps);
const form = desk.querySelector("#desk-form");
const results = desk.querySelector("#desk-results");
const headers = { "X-CSRFToken": desk.dataset.csrf };

// --- Sliders ------------------------------------------------------------------------------------

function tell(slider) {
  const input = slider.querySelector("input");
  const told = steps[input.value];
  slider.querySelector("output").textContent = told;
  input.setAttribute("aria-valuetext", told);
  slider.classList.toggle("desk-slider-moved", input.value !== slider.dataset.present);
}

for (const slider of desk.querySelectorAll("[data-slider]")) {
  slider.addEventListener("input", () => tell(slider));
  tell(slider);
}

desk.querySelector("[data-reset]")?.addEventListener("click", () => {
  for (const slider of desk.querySelectorAll("[data-slider]")) {
    slider.querySelector("input").value = slider.dataset.present;
    tell(slider);
  }
  form.requestSubmit();
});

/** Where sliders are moved to: on this page, or on the one that led here. */
function moved() {
  if (!form) return [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("step-"));
  return [...form.querySelectorAll("[data-slider]")]
    .map((slider) => [slider.querySelector("input"), slider.dataset.present])
    .filter(([input, present]) => input.value !== present)
    .map(([input]) => [input.name, input.value]);
}

// Another search is looked at with the same sliders.
desk.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-carry]");
  if (!link) return;
  const address = new URL(link.href);
  for (const [name, value] of moved()) address.searchParams.set(name, value);
  link.href = address;
});

desk.querySelector(".desk-ask")?.addEventListener("formdata", (event) => {
  for (const [name, value] of moved()) event.formData.set(name, value);
});

desk.querySelector("#desk-image")?.addEventListener("change", (event) => {
  if (event.target.files.length) event.target.form.submit();
});

// --- Results ------------------------------------------------------------------------------------

const paneOf = (row) => row.closest("[data-pane]");
const rowsOf = (pane) => [...pane.querySelectorAll("[data-row]")];

/** The search and the sliders, as forms send them, with more. */
function carried(more) {
  return { ...Object.fromEntries(new FormData(form)), ...more };
}

function announce(words) {
  const told = results.querySelector("[data-told]");
  if (told) told.textContent = words;
}

/** One row of each list can be reached by Tab, and its buttons with it. */
function current(row, { focus = true } = {}) {
  for (const other of rowsOf(paneOf(row))) {
    const is = other === row;
    other.tabIndex = is ? 0 : -1;
    for (const control of other.querySelectorAll("button, a")) control.tabIndex = is ? 0 : -1;
  }
  if (focus) row.focus();
}

function firstRows() {
  for (const pane of results?.querySelectorAll("[data-pane]") ?? []) {
    const [row] = rowsOf(pane);
    if (row) current(row, { focus: false });
  }
}

// What was done on this page, the latest last; each is the way back: the places before it, or the
// grade. One thing after another: what is undone while a step is on its way is that step.
const done = [];
let last = Promise.resolve();
const inTurn = (work) => (last = last.then(work, work));

function offerUndo() {
  const offer = results.querySelector(".desk-undo");
  if (offer) offer.hidden = done.length === 0;
}

const gradeOf = (product) =>
  results.querySelector(`[data-product="${product}"] [data-grade][aria-pressed="true"]`)?.dataset.grade ?? "";

function countJudged() {
  const told = results.querySelector("[data-judged]");
  const graded = results.querySelectorAll('[data-pane="present"] [data-grade][aria-pressed="true"]');
  if (told) told.textContent = JSON.parse(told.dataset.judged)[graded.length];
}

/** Say how right a product is; whether that was kept. */
async function judge({ product, title }, grade) {
  let answer = {};
  try {
    const body = new URLSearchParams(carried({ product, grade }));
    const response = await fetch(desk.dataset.judge, { method: "POST", headers, body });
    if (!response.ok) throw new Error(response.statusText);
    answer = await response.json();
  } catch {
    announce(desk.dataset.failed);
    return false;
  }
  const label = results.querySelector(`[data-grade="${answer.grade}"]`)?.title ?? "";
  for (const same of results.querySelectorAll(`[data-product="${product}"]`)) {
    for (const button of same.querySelectorAll("[data-grade]")) {
      button.setAttribute("aria-pressed", String(String(answer.grade) === button.dataset.grade));
    }
  }
  const told = answer.grade === null ? desk.dataset.takenBack : desk.dataset.judgedTold;
  for (const note of results.querySelectorAll(".desk-note[data-step], [data-undone]")) note.remove();
  announce(told.replace("{product}", title).replace("{grade}", label));
  countJudged();
  return true;
}

function grade(row, given) {
  const { product, title } = row.dataset;
  inTurn(async () => {
    const before = gradeOf(product);
    if ((await judge({ product, title }, given)) && before !== given) {
      done.push({ product, title, grade: before });
    }
    offerUndo();
  });
}

/** Send what is arranged; the lists come back, and the row keeps the focus. */
async function arrange(values, product, pane) {
  await htmx.ajax("POST", desk.dataset.arrange, {
    target: results,
    swap: "innerHTML",
    headers,
    values: carried(values),
  });
  const again = results.querySelector(`[data-pane="${pane}"] [data-product="${product}"]`);
  const row = again ?? results.querySelector("[data-row]");
  if (row) current(row);
}

function act(row, action) {
  const { product } = row.dataset;
  const isDone = (action === "pin" ? "pinned" : "buried") in row.dataset;
  const values = { action: isDone ? `un${action}` : action, product };
  const { pane } = paneOf(row).dataset;
  inTurn(() => arrange(values, product, pane));
}

/** Take the latest step back that was not yet. */
async function undo() {
  const step = done.at(-1);
  if (!step) return;
  const at = document.activeElement.closest("[data-row]");
  if ("grade" in step) {
    if (await judge(step, step.grade)) done.pop();
    offerUndo();
    // The button that was pressed may be gone.
    if (!at) results.querySelector('[data-row][tabindex="0"]')?.focus();
    return;
  }
  const { pinned, buried } = step;
  const pane = at ? paneOf(at).dataset.pane : "present";
  await arrange({ action: "put_back", pinned, buried }, at?.dataset.product ?? "", pane);
}

/** The lists came anew: perhaps with a step that was made, or one that was taken back. */
function swapped() {
  const step = results.querySelector("[data-step]");
  if (step) done.push({ pinned: step.dataset.pinned, buried: step.dataset.buried });
  else if (results.querySelector("[data-undone]")) done.pop();
  offerUndo();
  firstRows();
}

/** The row beside, in the list or in the other one. */
function neighbour(row, key) {
  const rows = rowsOf(paneOf(row));
  const at = rows.indexOf(row);
  if (key === "ArrowDown" || key === "j") return rows[at + 1];
  if (key === "ArrowUp" || key === "k") return rows[at - 1];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  const panes = [...results.querySelectorAll("[data-pane]")];
  const other = panes[panes.indexOf(paneOf(row)) + (key === "ArrowRight" ? 1 : -1)];
  if (!other) return undefined;
  const same = other.querySelector(`[data-product="${row.dataset.product}"]`);
  return same ?? rowsOf(other)[Math.min(at, rowsOf(other).length - 1)];
}

const MOVES = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "j", "k"];

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "u") {
    event.preventDefault();
    inTurn(undo);
    return;
  }
  const row = event.target.closest("[data-row]");
  if (!row) return;
  const can = (selector) => row.querySelector(selector) !== null;
  if (MOVES.includes(key)) {
    const next = neighbour(row, key);
    if (next) current(next);
  } else if (/^[0-3]$/.test(key) && can("[data-grade]")) {
    grade(row, key);
  } else if (["Backspace", "Delete"].includes(key) && can("[data-grade]")) {
    grade(row, "");
  } else if (key === "p" && can('[data-act="pin"]')) {
    act(row, "pin");
  } else if (key === "l" && can('[data-act="bury"]')) {
    act(row, "bury");
  } else {
    return;
  }
  event.preventDefault();
}

results?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (event.target.closest("[data-undo]")) inTurn(undo);
  if (!row) return;
  const button = event.target.closest("[data-grade]");
  const action = event.target.closest("[data-act]");
  if (!event.target.closest("a")) current(row, { focus: !button && !action });
  if (button) grade(row, button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.grade);
  else if (action) act(row, action.dataset.act);
});

results?.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) current(row, { focus: false });
});

if (results) {
  document.addEventListener("keydown", pressed);
  results.addEventListener("htmx:afterSwap", swapped);
  desk.addEventListener("htmx:responseError", () => announce(desk.dataset.failed));
  desk.addEventListener("htmx:sendError", () => announce(desk.dataset.failed));
  firstRows();
}
