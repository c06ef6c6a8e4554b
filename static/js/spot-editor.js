// Spots on the picture of a look, in the admin: boxes that are drawn, moved and resized by mouse, touch or
// keys. What counts are the numbers in the rows below; boxes show them and write them.

const SIDES = ["x", "y", "width", "height"];
const LEAST = 2; // per cent, as in shop/editorial/models.py
const STEP = 1;
const DRAWN = 12; // pixels before a drag counts as drawing

const editor = document.querySelector("[data-spots]");
const surface = editor.querySelector("[data-surface]");
const adder = editor.querySelector("[data-add]");
const status = editor.querySelector("[data-status]");
const group = document.getElementById(`${editor.dataset.group}-group`);
const named = new RegExp(`^${editor.dataset.group}-\\d+-label$`);

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
const inputOf = (row, name) => row.querySelector(`[name="${row.dataset.prefix}-${name}"]`);

/** The rows that stand for spots, in order; each knows how the names of its fields begin. */
function rows() {
  return [...group.querySelectorAll("input")]
    .filter((input) => named.test(input.name))
    .map((input) => {
      const row = input.closest(".form-row, tr");
      row.dataset.prefix = input.name.replace(/-label$/, "");
      return row;
    })
    .filter((row) => !inputOf(row, "DELETE")?.checked);
}

/** The box that a row says, in per cent; null while it says none. */
function read(row) {
  const box = SIDES.map((side) => Number.parseFloat(inputOf(row, side).value.replace(",", ".")));
  return box.every(Number.isFinite) ? box : null;
}

function fitted([x, y, width, height]) {
  const wide = clamp(width, LEAST, 100);
  const high = clamp(height, LEAST, 100);
  return [clamp(x, 0, 100 - wide), clamp(y, 0, 100 - high), wide, high];
}

function write(row, box) {
  // Rounded first, lest two rounded numbers come to more than all of the picture.
  const [x, y, width, height] = fitted(box).map((value) => Math.round(value * 100) / 100);
  const rounded = [x, y, Math.min(width, 100 - x), Math.min(height, 100 - y)];
  SIDES.forEach((side, i) => {
    const input = inputOf(row, side);
    input.value = rounded[i].toFixed(2);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  draw();
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** One button a spot, kept while its row is there so that focus and drags stay. */
const boxes = new Map();

function draw() {
  const present = new Set();
  rows().forEach((row, i) => {
    const box = read(row);
    if (!box) return;
    present.add(row);
    let button = boxes.get(row);
    if (!button) {
      button = element("button", "spots-box");
      button.type = "button";
      button.setAttribute("aria-describedby", "spots-how");
      button.append(element("span", "spots-number"), element("span", "spots-corner"));
      button.addEventListener("pointerdown", (event) => grab(event, row, button));
      button.addEventListener("keydown", (event) => press(event, row));
      boxes.set(row, button);
      surface.append(button);
    }
    ["left", "top", "width", "height"].forEach((side, at) => {
      button.style[side] = `${box[at]}%`;
    });
    const label = inputOf(row, "label").value || editor.dataset.unnamed.replace("{number}", i + 1);
    button.firstChild.textContent = i + 1;
    button.setAttribute("aria-label", told(label, box));
  });
  for (const [row, button] of boxes) {
    if (present.has(row)) continue;
    button.remove();
    boxes.delete(row);
  }
}

function told(label, [left, top, width, height]) {
  const values = { label, left, top, width, height };
  return editor.dataset.place.replace(/{(\w+)}/g, (_, name) =>
    typeof values[name] === "number" ? Math.round(values[name]) : values[name],
  );
}

/** Follow a pointer until it is let go; `move` gets how far it went, in per cent. */
function follow(event, move, end = () => {}) {
  const { width, height } = surface.getBoundingClientRect();
  const target = event.currentTarget;
  target.setPointerCapture(event.pointerId);
  const onMove = (next) => {
    const [x, y] = [next.clientX - event.clientX, next.clientY - event.clientY];
    move((100 * x) / width, (100 * y) / height, Math.hypot(x, y));
  };
  const onEnd = () => {
    target.removeEventListener("pointermove", onMove);
    target.removeEventListener("pointerup", onEnd);
    target.removeEventListener("pointercancel", onEnd);
    end();
  };
  target.addEventListener("pointermove", onMove);
  target.addEventListener("pointerup", onEnd);
  target.addEventListener("pointercancel", onEnd);
}

function grab(event, row, button) {
  if (event.button !== 0) return;
  event.stopPropagation();
  const [x, y, width, height] = read(row);
  const resizes = event.target.classList.contains("spots-corner");
  button.focus();
  follow(event, (right, down) => {
    if (resizes) write(row, [x, y, Math.min(width + right, 100 - x), Math.min(height + down, 100 - y)]);
    else write(row, [x + right, y + down, width, height]);
  });
}

function press(event, row) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const by = moves[event.key];
  if (by) {
    event.preventDefault();
    const [x, y, width, height] = read(row);
    const [right, down] = by.map((one) => one * STEP);
    if (event.shiftKey) write(row, [x, y, Math.min(width + right, 100 - x), Math.min(height + down, 100 - y)]);
    else write(row, [x + right, y + down, width, height]);
    status.textContent = boxes.get(row).getAttribute("aria-label");
  } else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    remove(row);
  }
}

/** A stored spot is ticked for deletion, a new one goes at once. */
function remove(row) {
  const tick = inputOf(row, "DELETE");
  const link = row.querySelector(".inline-deletelink");
  if (tick) tick.click();
  else link?.click();
  draw();
  adder.focus();
}

/** A new row with this box; null where there are as many as there may be. */
function add(box) {
  const link = group.querySelector(".add-row a, a.add-row");
  const before = new Set(rows());
  if (link && before.size < Number(editor.dataset.most)) link.click();
  const row = rows().find((one) => !before.has(one));
  status.textContent = row ? "" : editor.dataset.full;
  if (row) write(row, box);
  return row ?? null;
}

adder.hidden = false;
adder.addEventListener("click", () => {
  const row = add([40, 40, 20, 20]);
  if (row) boxes.get(row).focus();
});

// Drawing is for mouse and pen: a finger on the picture scrolls the page.
surface.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch") return;
  event.preventDefault();
  const { left, top, width, height } = surface.getBoundingClientRect();
  const [x, y] = [(100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height];
  let row = null;
  let refused = false;
  follow(
    event,
    (right, down, pixels) => {
      if (refused || (!row && pixels < DRAWN)) return;
      const [x2, y2] = [clamp(x + right, 0, 100), clamp(y + down, 0, 100)];
      const box = [Math.min(x, x2), Math.min(y, y2), Math.abs(x2 - x), Math.abs(y2 - y)];
      if (row) write(row, box);
      else row = add(box);
      refused = !row;
    },
    () => {
      if (row) inputOf(row, "label").focus();
    },
  );
});

group.addEventListener("input", draw);
group.addEventListener("change", draw);
document.addEventListener("formset:added", draw);
document.addEventListener("formset:removed", draw);
draw();
