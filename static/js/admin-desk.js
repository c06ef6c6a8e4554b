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

async function judge(row, grade) {
  const { product, title } = row.dataset;
  let answer = {};
  try {
    const body = new URLSearchParams(carried({ product, grade }));
    const response = await fetch(desk.dataset.judge, { method: "POST", headers, body });
    if (!response.ok) throw new Error(response.statusText);
    answer = await response.json();
  } catch {
    announce(desk.dataset.failed);
    return;
  }
  let label = "";
  for (const same of results.querySelectorAll(`[data-product="${product}"]`)) {
    for (const button of same.querySelectorAll("[data-grade]")) {
      const is = String(answer.grade) === button.dataset.grade;
      button.setAttribute("aria-pressed", String(is));
      if (is) label = button.title;
    }
  }
  const told = answer.grade === null ? desk.dataset.takenBack : desk.dataset.judgedTold;
  announce(told.replace("{product}", title).replace("{grade}", label));
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
  arrange({ action: isDone ? `un${action}` : action, product }, product, paneOf(row).dataset.pane);
}

function undo() {
  const button = results.querySelector("[data-undo]");
  if (!button) return;
  const at = document.activeElement.closest("[data-row]");
  arrange(
    { action: "put_back", pinned: button.dataset.pinned, buried: button.dataset.buried },
    at?.dataset.product ?? "",
    at ? paneOf(at).dataset.pane : "present",
  );
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
  if (key === "u" && results.querySelector("[data-undo]")) {
    event.preventDefault();
    undo();
    return;
  }
  const row = event.target.closest("[data-row]");
  if (!row) return;
  const can = (selector) => row.querySelector(selector) !== null;
  if (MOVES.includes(key)) {
    const next = neighbour(row, key);
    if (next) current(next);
  } else if (/^[0-3]$/.test(key) && can("[data-grade]")) {
    judge(row, key);
  } else if (["Backspace", "Delete"].includes(key) && can("[data-grade]")) {
    judge(row, "");
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
  if (event.target.closest("[data-undo]")) undo();
  if (!row) return;
  const grade = event.target.closest("[data-grade]");
  const action = event.target.closest("[data-act]");
  if (!event.target.closest("a")) current(row, { focus: !grade && !action });
  if (grade) judge(row, grade.getAttribute("aria-pressed") === "true" ? "" : grade.dataset.grade);
  else if (action) act(row, action.dataset.act);
});

results?.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) current(row, { focus: false });
});

if (results) {
  document.addEventListener("keydown", pressed);
  results.addEventListener("htmx:afterSwap", firstRows);
  desk.addEventListener("htmx:responseError", () => announce(desk.dataset.failed));
  desk.addEventListener("htmx:sendError", () => announce(desk.dataset.failed));
  firstRows();
}
