// Large pictures in a dialog. Swiping, arrow keys and buttons lead to the next; two fingers, two
// taps, a click, the wheel, + and - and a button come closer, and then the picture is moved by a
// finger, the mouse or arrow keys. A picture that is looked at closely is larger than its frame,
// which scrolls: so all that the browser knows of scrolling holds of it.

const CLOSER = 2.5;
const MOST = 5;
const TWO_TAPS = 300; // milliseconds from one to the other
const AT_REST = 100; // milliseconds without scrolling
const STEP = 80; // pixels, by an arrow key
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export function zoomInto(dialog, links, left) {
  const strip = dialog.querySelector(".zoom-strip");
  const count = dialog.querySelector(".zoom-count");
  const steps = [...dialog.querySelectorAll("[data-step]")];
  const closer = dialog.querySelector("[data-closer]");
  let at = 0;

  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      if (!strip.children.length) strip.append(...links.map(frame));
      dialog.showModal();
      show(index, "instant");
    });
  }

  dialog.addEventListener("close", () => {
    magnify(strip.children[at], 1);
    left(at);
    links[at].focus({ preventScroll: true });
  });

  function show(index, behavior = calm.matches ? "instant" : "smooth") {
    const to = Math.min(Math.max(index, 0), links.length - 1);
    if (to !== at) magnify(strip.children[at], 1);
    at = to;
    strip.scrollTo({ left: at * strip.clientWidth, behavior });
    tell();
  }

  function tell() {
    sharpen(strip.children[at], links[at]);
    if (count) count.textContent = `${at + 1} / ${links.length}`;
    for (const button of steps) button.disabled = !links[at + Number(button.dataset.step)];
    closer.setAttribute("aria-pressed", String(scaleOf(strip.children[at]) > 1));
  }

  function toggle(x, y) {
    magnify(strip.children[at], scaleOf(strip.children[at]) > 1 ? 1 : CLOSER, x, y);
    tell();
  }

  for (const button of steps) {
    button.addEventListener("click", () => show(at + Number(button.dataset.step)));
  }
  closer.addEventListener("click", () => toggle());

  dialog.addEventListener("keydown", (event) => {
    const picture = strip.children[at];
    const scale = scaleOf(picture);
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const nearer = { "+": scale * 1.5, "=": scale * 1.5, "-": scale / 1.5, 0: 1 };
    if (event.key === "Tab") return keepInside(dialog, event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in nearer) {
      magnify(picture, nearer[event.key]);
      tell();
    } else if (event.key in arrow) {
      const [across, down] = arrow[event.key];
      if (scale > 1) picture.scrollBy({ left: across * STEP, top: down * STEP });
      else if (across) show(at + across);
    } else return;
    event.preventDefault();
  });

  // Swiping scrolls the strip, which snaps; where it comes to rest is the picture that is shown.
  let resting = 0;
  strip.addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      const seen = Math.round(strip.scrollLeft / strip.clientWidth);
      if (!dialog.open || seen === at) return;
      magnify(strip.children[at], 1);
      at = seen;
      tell();
    }, AT_REST);
  });
  // A window that is turned keeps its picture.
  new ResizeObserver(() => {
    strip.scrollTo({ left: at * strip.clientWidth, behavior: "instant" });
  }).observe(strip);

  strip.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && Math.abs(event.deltaX) > Math.abs(event.deltaY)) return; // swiped
      event.preventDefault();
      const by = Math.exp(event.deltaY * (event.ctrlKey ? -0.01 : -0.002));
      const picture = strip.children[at];
      magnify(picture, scaleOf(picture) * by, event.clientX, event.clientY);
      tell();
    },
    { passive: false },
  );

  let pinch = null;
  strip.addEventListener("touchstart", (event) => {
    if (event.touches.length !== 2) return;
    const picture = strip.children[at];
    const { distance, x, y } = between(event.touches);
    pinch = { distance, scale: scaleOf(picture), held: placeIn(picture, x, y) };
  });
  strip.addEventListener(
    "touchmove",
    (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      const { distance, x, y } = between(event.touches);
      magnify(strip.children[at], (pinch.scale * distance) / pinch.distance, x, y, pinch.held);
    },
    { passive: false },
  );
  strip.addEventListener("touchend", () => {
    if (pinch) tell();
    pinch = null;
  });

  let touched = false;
  let moved = 0;
  let tapped = 0;
  strip.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    moved = 0;
  });
  strip.addEventListener("pointermove", (event) => {
    if (touched || !(event.buttons & 1)) return;
    moved += Math.abs(event.movementX) + Math.abs(event.movementY);
    const picture = strip.children[at];
    picture.scrollLeft -= event.movementX;
    picture.scrollTop -= event.movementY;
  });
  strip.addEventListener("click", (event) => {
    const picture = strip.children[at];
    if (moved > 5) return; // it was moved, not clicked
    if (!isOnPicture(picture.firstElementChild, event)) return dialog.close();
    const twice = event.timeStamp - tapped < TWO_TAPS;
    tapped = twice ? 0 : event.timeStamp;
    if (!touched || twice) toggle(event.clientX, event.clientY);
  });
}

// The page's own picture at once; the large one takes its place when it is there.
function frame(link) {
  const item = document.createElement("li");
  const image = document.createElement("img");
  const shown = link.querySelector("img");
  image.alt = shown.alt;
  image.width = link.dataset.width;
  image.height = link.dataset.height;
  image.draggable = false;
  image.src = shown.currentSrc || link.href;
  item.append(image);
  return item;
}

function sharpen(item, link) {
  const image = item.firstElementChild;
  if (image.src === link.href) return;
  const large = new Image();
  large.src = link.href;
  large.decode().then(
    () => (image.src = link.href),
    () => {}, // what is shown stays
  );
}

function scaleOf(item) {
  return Number(item.dataset.scale ?? 1);
}

// Shows a picture so many times as large as it fits, with the place `held` of it (as shares of its
// frame's width and height) under the point (x, y) of the window.
function magnify(item, scale, x, y, held) {
  const frame = item.getBoundingClientRect();
  const to = Math.min(Math.max(scale, 1), MOST);
  const point = [x ?? frame.left + frame.width / 2, y ?? frame.top + frame.height / 2];
  const place = held ?? placeIn(item, ...point);
  const image = item.firstElementChild;
  if (to > 1) item.dataset.scale = to;
  else delete item.dataset.scale;
  image.style.width = image.style.height = `${to * 100}%`;
  item.scrollTo({
    left: place[0] * to * frame.width - (point[0] - frame.left),
    top: place[1] * to * frame.height - (point[1] - frame.top),
    behavior: "instant",
  });
}

function placeIn(item, x, y) {
  const frame = item.getBoundingClientRect();
  const scale = scaleOf(item);
  return [
    (item.scrollLeft + x - frame.left) / scale / frame.width,
    (item.scrollTop + y - frame.top) / scale / frame.height,
  ];
}

function between([one, other]) {
  return {
    distance: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
  };
}

// The picture itself within its box, which it fills in one direction alone.
export function pictureRect(image) {
  const box = image.getBoundingClientRect();
  const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight);
  const width = image.naturalWidth * scale;
  const height = image.naturalHeight * scale;
  return new DOMRect(
    box.left + (box.width - width) / 2,
    box.top + (box.height - height) / 2,
    width,
    height,
  );
}

function isOnPicture(image, { clientX, clientY }) {
  const { left, top, right, bottom } = pictureRect(image);
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

// Tab stays in the dialog, from its last control to its first.
function keepInside(dialog, event) {
  const controls = [...dialog.querySelectorAll("a[href], button:not(:disabled)")];
  const [leaves, enters] = event.shiftKey ? [0, -1] : [-1, 0];
  if (document.activeElement !== controls.at(leaves)) return;
  event.preventDefault();
  controls.at(enters).focus();
}
