// Which results came into view, told to the shop in one message when the page is left. It holds the
// search's id and positions, and nothing of the visitor. Without this module what a page held
// counts as shown, and what is opened is told by its link either way.

const ADDRESS = "/api/v1/events/";
const LONG_ENOUGH = 1000; // milliseconds, with half the card in view
const MOST_EVENTS = 50; // as the server has it

// `?from=` has told its part once the page is here: what is copied and kept is the plain address.
const address = new URL(location.href);
if (address.searchParams.has("from")) {
  address.searchParams.delete("from");
  history.replaceState(history.state, "", address);
}

const seen = new Map(); // query id -> positions
const places = new WeakMap(); // card -> where it stands, and its timer

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const place = places.get(target);
      clearTimeout(place.timer);
      if (isIntersecting) place.timer = setTimeout(() => note(target), LONG_ENOUGH);
    }
  },
  { threshold: 0.5 },
);

watch();
document.body.addEventListener("htmx:afterSettle", watch);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
window.addEventListener("pagehide", tell); // where leaving does not hide first

function watch() {
  for (const list of document.querySelectorAll("[data-query-id]")) {
    const { queryId, firstPosition } = list.dataset;
    if (!queryId) continue; // nothing is kept of this search
    for (const [index, card] of [...list.children].entries()) {
      if (places.has(card)) continue;
      places.set(card, { queryId, position: Number(firstPosition) + index, timer: 0 });
      observer.observe(card);
    }
  }
}

function note(card) {
  const { queryId, position } = places.get(card);
  observer.unobserve(card);
  if (!seen.has(queryId)) seen.set(queryId, []);
  seen.get(queryId).push(position);
}

function tell() {
  const events = [...seen].map(([query_id, positions]) => ({ type: "impression", query_id, positions }));
  seen.clear();
  for (let start = 0; start < events.length; start += MOST_EVENTS) {
    const some = { events: events.slice(start, start + MOST_EVENTS) };
    navigator.sendBeacon(ADDRESS, new Blob([JSON.stringify(some)], { type: "application/json" }));
  }
}
