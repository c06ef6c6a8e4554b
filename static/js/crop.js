// A box drawn on the shopper's photo: the next search is with what is in it. By pointer, or by keys.

const STEP = 0.05; // of a side, for a key
const LEAST = 0.05; // as the server has it

document.addEventListener("click", (event) => {
  const start = event.target.closest?.("[data-crop-start]");
  if (start) choose(start.closest("[data-crop]"));
});

// The figure comes anew with each answer.
document.body.addEventListener("htmx:afterSettle", show);
show();

function show() {
  for (const button of document.querySelectorAll("[data-crop-start]")) button.hidden = false;
}

function choose(figure) {
  if (figure.hasAttribute("data-crop-choosing")) return;
  const frame = figure.querySelector("[data-crop-frame]");
  const start = figure.querySelector("[data-crop-start]");
  const ended = new AbortController();
  const listen = (name, act) => frame.addEventListener(name, act, { signal: ended.signal });
  const box = drawn(figure) ?? { x: 0.15, y: 0.15, width: 0.7, height: 0.7 };
  let from = null; // where the pointer went down
  let pulled = null; // the box from there to where it is

  figure.setAttribute("data-crop-choosing", "");
  figure.querySelector("[data-crop-help]").hidden = false;
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", figure.dataset.cropLabel);
  draw(figure, box);
  frame.focus({ preventScroll: true });

  listen("pointerdown", (event) => {
    event.preventDefault();
    frame.setPointerCapture(event.pointerId);
    from = place(frame, event);
    pulled = null;
  });
  listen("pointermove", (event) => {
    if (from === null) return;
    const to = place(frame, event);
    pulled = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
    draw(figure, pulled);
  });
  listen("pointerup", () => {
    from = null;
    if (pulled?.width >= LEAST && pulled.height >= LEAST) search(pulled);
    else draw(figure, box); // a tap is no box: the one that keys move stands
  });
  listen("pointercancel", () => {
    from = null;
    draw(figure, box);
  });
  listen("keydown", (event) => {
    if (event.key === "Enter") return search(box);
    if (event.key === "Escape") return end();
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!x && !y) return;
    event.preventDefault();
    if (event.shiftKey) {
      box.width = within(box.width + x * STEP, LEAST, 1 - box.x);
      box.height = within(box.height + y * STEP, LEAST, 1 - box.y);
    } else {
      box.x = within(box.x + x * STEP, 0, 1 - box.width);
      box.y = within(box.y + y * STEP, 0, 1 - box.height);
    }
    draw(figure, box);
  });

  function end() {
    ended.abort();
    figure.removeAttribute("data-crop-choosing");
    figure.querySelector("[data-crop-help]").hidden = true;
    frame.removeAttribute("tabindex");
    frame.removeAttribute("role");
    const asked = new URLSearchParams(location.search).get("crop");
    if (asked) {
      const [left, top, right, bottom] = asked.split(",").map(Number);
      draw(figure, { x: left, y: top, width: right - left, height: bottom - top });
    } else {
      figure.querySelector("svg").setAttribute("hidden", "");
    }
    start.focus();
  }
}

function search({ x, y, width, height }) {
  const asked = new URLSearchParams(location.search);
  const sides = [x, y, Math.min(1, x + width), Math.min(1, y + height)];
  asked.set("crop", sides.map((side) => String(Number(side.toFixed(3)))).join(","));
  asked.delete("page");
  location.assign(`${location.pathname}?${asked}`);
}

function draw(figure, { x, y, width, height }) {
  const rect = figure.querySelector("[data-crop-box]");
  for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
  const rest = `M0 0H1V1H0Z M${x} ${y}h${width}v${height}h${-width}Z`;
  figure.querySelector("[data-crop-rest]").setAttribute("d", rest);
  figure.querySelector("svg").removeAttribute("hidden");
}

function drawn(figure) {
  const rect = figure.querySelector("[data-crop-box]");
  if (!rect.hasAttribute("width")) return null;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)));
  return { x, y, width, height };
}

function place(frame, event) {
  const { left, top, width, height } = frame.getBoundingClientRect();
  return {
    x: within((event.clientX - left) / width, 0, 1),
    y: within((event.clientY - top) / height, 0, 1),
  };
}

function within(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
