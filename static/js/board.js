// The board's numbers follow by themselves: every few seconds while something moves, more seldom
// while nothing does; not while nobody sees the page, and ever more seldom while the server does
// not answer.
const MOVING = 3_000;
const STILL = 15_000;
const LONGEST = 60_000;

const live = document.getElementById("board-live");
const told = document.getElementById("board-told");
const stale = document.getElementById("board-stale");
let timer = 0;
let failures = 0;

const card = () => live.querySelector("[data-moving]");

function pause() {
  if (failures) return Math.min(LONGEST, MOVING * 2 ** failures);
  return card()?.dataset.moving === "1" ? MOVING : STILL;
}

function ask() {
  window.htmx.trigger(live, "board-ask");
}

function wait() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, pause());
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden) ask();
});

live.addEventListener("htmx:configRequest", (event) => {
  const failed = document.getElementById("board-failed");
  event.detail.parameters.failed = failed?.dataset.state ?? "";
});

live.addEventListener("htmx:beforeSwap", (event) => {
  // Who was logged out meanwhile gets the page to log in: in place of all, not of the numbers.
  if (event.detail.xhr.responseURL.split("?")[0].endsWith(live.getAttribute("hx-get"))) return;
  event.detail.shouldSwap = false;
  window.location.reload();
});

live.addEventListener("htmx:afterRequest", (event) => {
  failures = event.detail.successful ? 0 : failures + 1;
  stale.hidden = failures < 2;
  const now = card()?.dataset.told ?? "";
  if (told.textContent !== now) told.textContent = now; // said aloud only where it is news
  wait();
});

told.textContent = card()?.dataset.told ?? "";
wait();
