// Real pages, one below the other: the next one comes as one nears the end of those that are there,
// to where its place is kept; the address says which one is looked at, and who comes back is where
// they were. After a few the next one is asked for by its button, so that the foot of the page can
// be reached. Without this module the links lead from page to page.

const AUTOMATIC = 3; // pages
const AHEAD = "900px"; // so far before the end the next page is asked for
const RESTED = 150; // milliseconds without scrolling

const results = document.getElementById("results");
const status = document.querySelector("[data-results-status]");
let loaded = 0;
let place = null; // what is looked at, as the history keeps it

const observer = new IntersectionObserver(
  (entries) => {
    const near = entries.some(({ isIntersecting }) => isIntersecting);
    if (near && loaded < AUTOMATIC) load("pages", nextLink());
  },
  { rootMargin: `0px 0px ${AHEAD} 0px` },
);

if (results) {
  history.scrollRestoration = "manual";
  results.classList.add("results-endless");
  goBackTo(history.state?.place);
  watch();

  document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target !== results) return;
    loaded = 0;
    watch();
  });

  results.addEventListener("click", (event) => {
    const link = event.target.closest("#pages [rel=next], #pages-before [rel=prev]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    loaded = 0;
    load(link.closest("nav").id, link);
  });

  // htmx forgets it with the address that it leaves.
  document.body.addEventListener("htmx:beforeHistoryUpdate", () => {
    history.replaceState({ ...history.state, place }, "");
    place = null;
  });

  let rest = 0;
  addEventListener("scroll", () => {
    clearTimeout(rest);
    rest = setTimeout(rememberPlace, RESTED);
  }, { passive: true });
  // Who leaves at once has not rested.
  results.addEventListener("click", rememberPlace, { capture: true });
}

function nextLink() {
  return document.querySelector("#pages [rel=next]");
}

// The link to the next page is the button that asks for more, unless it comes by itself.
function watch() {
  const link = nextLink();
  observer.disconnect();
  if (!link) return;
  const nav = link.closest("nav");
  link.firstElementChild.textContent = nav.dataset.more;
  if (loaded >= AUTOMATIC) return;
  keepPlace(nav);
  observer.observe(nav);
}

async function load(id, link) {
  const nav = document.getElementById(id);
  if (!link || nav.ariaBusy === "true" || results.classList.contains("htmx-request")) return;
  const asked = document.activeElement === link;
  const first = results.querySelector("[data-page]");
  const top = first.getBoundingClientRect().top;
  loaded += 1;
  nav.ariaBusy = "true";
  if (id === "pages") keepPlace(nav);
  try {
    await htmx.ajax("GET", link.href, {
      source: nav,
      target: nav,
      swap: "outerHTML",
      select: `[data-page], #${id}`,
      push: "false",
    });
  } catch {
    // Below.
  } finally {
    nav.ariaBusy = "false";
    nav.querySelector(".skeletons")?.remove();
  }
  if (nav.isConnected) {
    loaded = AUTOMATIC; // it failed, and the page says so
    return;
  }
  const pages = [...results.querySelectorAll("[data-page]")];
  const come = id === "pages" ? pages.at(-1) : pages[0];
  status.textContent = come.querySelector("h2")?.textContent ?? "";
  // What was looked at stays where it was.
  if (come !== first && id !== "pages") scrollBy({ top: first.getBoundingClientRect().top - top, behavior: "instant" });
  if (asked) come.querySelector("a")?.focus({ preventScroll: id !== "pages" });
  watch();
}

// As many cards as there will be, in rows as high as those above are on average.
function keepPlace(nav) {
  if (nav.querySelector(".skeletons")) return;
  const shown = results.querySelector(".grid");
  const { gridTemplateColumns, rowGap } = getComputedStyle(shown);
  const rows = Math.ceil(shown.children.length / gridTemplateColumns.split(" ").length);
  const height = (shown.offsetHeight + parseFloat(rowGap)) / rows - parseFloat(rowGap);
  const grid = part("grid grid-results skeletons");
  grid.ariaHidden = "true";
  grid.style.setProperty("--caption", `${height - (shown.querySelector(".tile")?.offsetHeight ?? 0)}px`);
  for (let n = 0; n < Number(nav.dataset.left); n++) {
    const skeleton = part("skeleton-card");
    skeleton.append(part("tile"), part("skeleton-line"));
    grid.append(skeleton);
  }
  nav.append(grid);
}

function part(className) {
  const element = document.createElement("div");
  element.className = className;
  return element;
}

// The address is that of the page in the middle of the window, with the card that is at its top.
function rememberPlace() {
  const pages = [...results.querySelectorAll("[data-page]")];
  const seen = pages.findLast((page) => page.getBoundingClientRect().top < innerHeight / 2) ?? pages[0];
  if (!seen) return;
  const cards = [...seen.querySelector(".grid").children];
  const index = cards.findIndex((card) => card.getBoundingClientRect().bottom > innerHeight / 4);
  place = scrollY > 0 && index >= 0 ? { page: seen.dataset.page, index, top: cards[index].getBoundingClientRect().top } : null;
  const address = seen.dataset.address || location.href;
  history.replaceState({ ...history.state, place }, "", address);
}

function goBackTo(left) {
  const page = left && results.querySelector(`[data-page="${left.page}"]`);
  const card = page?.querySelector(".grid").children[left.index];
  if (card) scrollBy({ top: card.getBoundingClientRect().top - left.top, behavior: "instant" });
}
