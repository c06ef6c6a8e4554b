// The box on the shopper's photo: what is in it is searched with, again and again as it moves. By
// pointer (its sides, its corners, itself), or by keys. It stands beside the results, so it stays
// as it is while they are swapped. While one answer is awaited, only the last of what is asked
// meanwhile waits for its turn (`hx-sync`): what is shown in the end is what the box is around.

const STEP = 0.02; // of a side, for a key
const LEAST = 0.05; // as the server has it
const PAUSE = 250; // milliseconds in which a box that is dragged stands still
const KEYS_PAUSE = 450;
const WHOLE = { left: 0, top: 0, width: 1, height: 1 };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const lens = document.querySelector("[data-crop]");
const frame = lens?.querySelector("[data-crop-frame]");
const element = lens?.querySelector("[data-crop-box]");

if (element) {
  let box = Object.fromEntries(Object.keys(WHOLE).map((side) => [side, Number(element.dataset[side])]));
  let searched = written(box); // what the results are of, or soon will be
  let before = null; // the box as it was when somebody began to change it
  let told = false; // whether the history has an entry of this change
  let timer = 0;

  element.hidden = false;
  draw();

  frame.addEventListener("pointerdown", begin);
  element.addEventListener("keydown", press);
  element.addEventListener("blur", () => {
    if (before) search();
    before = null;
  });

  // "Only the subject", "Whole photo": links that come anew with each answer.
  lens.addEventListener("click", (event) => {
    const link = event.target.closest("[data-crop-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const [left, top, right, bottom] = link.dataset.cropTo.split(",").map(Number);
    change();
    set({ left, top, width: right - left, height: bottom - top });
    search();
    before = null;
  });

  function begin(event) {
    if (event.button > 0) return;
    const handle = event.target.dataset.cropHandle;
    const within = event.target.closest("[data-crop-box]") && !isWhole(box);
    // A finger on the rest of the photo scrolls the page.
    if (!handle && !within && event.pointerType === "touch") return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    change(true);
    const from = place(event);
    const start = { ...box };
    const ended = new AbortController();
    const listen = (name, act) => frame.addEventListener(name, act, { signal: ended.signal });
    frame.setPointerCapture(event.pointerId);
    lens.setAttribute("data-crop-moving", "");

    listen("pointermove", (moved) => {
      const to = place(moved);
      if (handle) set(sized(start, handle, to.x - from.x, to.y - from.y));
      else if (within) set(shifted(start, to.x - from.x, to.y - from.y));
      else set(between(from, to, start));
      later(PAUSE);
    });
    listen("pointerup", () => end());
    listen("pointercancel", () => end(start));
    // Escape takes back what is being dragged.
    document.addEventListener("keydown", (key) => key.key === "Escape" && end(start), { signal: ended.signal });

    function end(back) {
      ended.abort();
      lens.removeAttribute("data-crop-moving");
      if (back) set(back);
      search();
      before = null;
    }
  }

  function press(event) {
    if (lens.hasAttribute("data-crop-moving") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") return search();
    if (event.key === "Escape" && before) {
      set(before);
      search();
      before = null;
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    change();
    const [x, y] = arrow.map((direction) => direction * STEP);
    set(event.shiftKey ? sized(box, "se", x, y) : shifted(box, x, y));
    later(KEYS_PAUSE);
  }

  // Somebody begins to change the box; a drag is a change of its own, keys are one until they rest.
  function change(anew = false) {
    if (before && !anew) return;
    before = { ...box };
    told = false;
  }

  function set(next) {
    box = next;
    draw();
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(search, pause);
  }

  function search() {
    clearTimeout(timer);
    const crop = written(box);
    if (crop === searched) return;
    searched = crop;
    const address = new URL(location.href);
    address.searchParams.delete("page");
    // What was chosen beside the results may still wait for its turn, whose place this takes.
    const form = document.getElementById("filters-form");
    for (const { name } of form.elements) if (name) address.searchParams.delete(name);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
    if (crop === written(WHOLE)) address.searchParams.delete("crop");
    else address.searchParams.set("crop", crop);
    const path = address.pathname + address.search;
    // One entry of the history for a change, however many searches it takes.
    const record = told ? { push: "false", replace: path } : { push: path };
    told = true;
    const asked = { source: lens, target: "#results", swap: "innerHTML", ...record };
    htmx.ajax("GET", path, asked).catch(() => {}); // given up for a newer one, or the page says so
  }

  function draw() {
    const { left, top, width, height } = box;
    for (const [side, share] of Object.entries(box)) element.style.setProperty(side, `${100 * share}%`);
    lens.toggleAttribute("data-crop-whole", isWhole(box));
    // Beyond the photo, where it is cut off: else a hair of its edge stays bright between two pixels.
    const rest = `M-1-1H2V2H-1Z M${left} ${top}h${width}v${height}h${-width}Z`;
    lens.querySelector("[data-crop-rest]").setAttribute("d", rest);
    element.ariaValueNow = String(Math.round(100 * width * height));
    element.ariaValueText = isWhole(box)
      ? element.dataset.whole
      : element.dataset.place.replace(/\{(\w+)\}/g, (_, side) => Math.round(100 * box[side]));
  }
}

function place(event) {
  const { left, top, width, height } = frame.getBoundingClientRect();
  return { x: within((event.clientX - left) / width, 0, 1), y: within((event.clientY - top) / height, 0, 1) };
}

function shifted({ left, top, width, height }, x, y) {
  return { left: within(left + x, 0, 1 - width), top: within(top + y, 0, 1 - height), width, height };
}

// The box with a side, or the two sides of a corner, moved: "n", "e", "s", "w", or two of them.
function sized({ left, top, width, height }, handle, x, y) {
  let [right, bottom] = [left + width, top + height];
  if (handle.includes("w")) left = within(left + x, 0, right - LEAST);
  if (handle.includes("e")) right = within(right + x, left + LEAST, 1);
  if (handle.includes("n")) top = within(top + y, 0, bottom - LEAST);
  if (handle.includes("s")) bottom = within(bottom + y, top + LEAST, 1);
  return { left, top, width: right - left, height: bottom - top };
}

// The box that is drawn from one place to another; a tap draws none.
function between(from, to, otherwise) {
  const [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  if (width < LEAST || height < LEAST) return otherwise;
  return { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width, height };
}

function isWhole({ width, height }) {
  return width > 0.999 && height > 0.999;
}

function written({ left, top, width, height }) {
  const sides = [left, top, Math.min(1, left + width), Math.min(1, top + height)];
  return sides.map((side) => String(Number(side.toFixed(3)))).join(",");
}

function within(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
