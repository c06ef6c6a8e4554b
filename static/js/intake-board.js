// Photos moved between products: by dragging, or by ticking them and saying where they go. Each change is
// the form's own; here it is sent without leaving the page, and the board that comes back is put in place.

const board = document.querySelector("[data-board]");
const form = () => board.querySelector("[data-form]");

async function put(address, options = {}) {
  const kept = kind(document.activeElement);
  let answer;
  try {
    answer = await fetch(address, { ...options, headers: { "X-Requested-With": "fetch" } });
  } catch {
    answer = null;
  }
  if (!answer?.ok || answer.redirected) {
    told(board.dataset.sayFailed);
    return;
  }
  board.innerHTML = await answer.text();
  tick();
  if (kept) board.querySelector(kept)?.focus();
}

/** How to find the same control in the new board; a control that has gone is not looked for. */
function kind(element) {
  if (!board.contains(element) || !element.name) return "";
  return `[name="${element.name}"]${element.value ? `[value="${CSS.escape(element.value)}"]` : ""}`;
}

function told(text) {
  let list = board.querySelector("[data-messages]");
  if (!list) {
    list = document.createElement("ul");
    list.className = "intake-messages";
    list.dataset.messages = "";
    list.setAttribute("role", "status");
    form().prepend(list);
  }
  const line = document.createElement("li");
  line.textContent = text;
  list.replaceChildren(line);
}

/** Send what the form says, with more. */
function change(values, submitter = null) {
  const body = new FormData(form(), submitter);
  // A product that is ticked stands for its photos, of which there may be more than a form may have.
  body.delete("image");
  for (const box of board.querySelectorAll("[name=image]:checked")) {
    if (!box.closest("[data-draft]").querySelector("[name=draft]").checked) body.append("image", box.value);
  }
  for (const [name, value] of Object.entries(values)) {
    body.delete(name);
    for (const one of [value].flat()) body.append(name, one);
  }
  return put(form().action, { method: "POST", body });
}

board.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches("[data-ways]")) return;
  change({}, event.submitter);
});

board.addEventListener("change", (event) => {
  if (event.target.name === "way") put(`?way=${event.target.value}`);
  else if (event.target.name === "draft") {
    for (const box of event.target.closest("[data-draft]").querySelectorAll("[name=image]")) {
      box.checked = event.target.checked;
    }
    tick();
  } else {
    if (!event.target.checked && event.target.name === "image") {
      event.target.closest("[data-draft]").querySelector("[name=draft]").checked = false;
    }
    tick();
  }
});

board.addEventListener("click", (event) => {
  const link = event.target.closest("[data-keep]");
  if (!link) return;
  event.preventDefault();
  put(link.href);
});

/** How many photos are ticked; what needs some waits for them. */
function tick() {
  const count = board.querySelectorAll("[name=image]:checked").length;
  const said = board.querySelector("[data-ticked]");
  if (said) {
    said.hidden = !count;
    said.querySelector("[data-number]").textContent = count;
  }
  for (const button of board.querySelectorAll("[data-needs]")) button.disabled = !count;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing) return;
  const undo = board.querySelector("[value=undo]");
  if (!undo) return;
  event.preventDefault();
  change({}, undo);
});

// --- Dragging -------------------------------------------------------------------------------------

let dragged = [];

board.addEventListener("dragstart", (event) => {
  const photo = event.target.closest("[data-image]");
  if (!photo) return;
  const ticked = [...board.querySelectorAll("[name=image]:checked")].map((box) => box.value);
  // Who drags one of several that are ticked drags them all.
  dragged = ticked.includes(photo.dataset.image) ? ticked : [photo.dataset.image];
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.join(" "));
});

const placeOf = (event) => event.target.closest("[data-image], [data-draft], [data-new]");

function mark(place) {
  for (const one of board.querySelectorAll(".intake-here")) one.classList.remove("intake-here");
  place?.classList.add("intake-here");
}

board.addEventListener("dragover", (event) => {
  const place = dragged.length ? placeOf(event) : null;
  mark(place);
  if (place) event.preventDefault();
});

board.addEventListener("drop", (event) => {
  const place = dragged.length ? placeOf(event) : null;
  if (!place) return;
  event.preventDefault();
  const group = place.closest("[data-draft]");
  const values = { image: dragged, draft: [], left: [], right: [] };
  if (!group) change({ ...values, do: "split" });
  else {
    const before = dragged.includes(place.dataset.image) ? "" : (place.dataset.image ?? "");
    change({ ...values, do: "move", into: group.dataset.draft, before });
  }
});

addEventListener("dragend", () => {
  dragged = [];
  mark(null);
});

tick();
