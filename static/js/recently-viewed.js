// Which products this browser looked at: their names in addresses, in its own storage and nowhere
// else. Shown as cards when their place comes near; "Forget them" empties the list.

const KEY = "vitrine:viewed";
const MOST = 12;

const section = document.querySelector("[data-recently-viewed]");
if (section) start();

function start() {
  const { address, present } = section.dataset;
  const remembered = load();
  if (present) keep([present, ...remembered.filter((slug) => slug !== present)].slice(0, MOST + 1));
  const others = remembered.filter((slug) => slug !== present).slice(0, MOST);
  if (!others.length) return;

  const list = section.querySelector("[data-cards]");
  const place = section.querySelector("template").content;
  for (const _ of others) list.append(document.importNode(place, true));
  section.hidden = false;
  new IntersectionObserver(
    async ([{ isIntersecting }], observer) => {
      if (!isIntersecting) return;
      observer.disconnect();
      await fill(list, `${address}?products=${others.join(",")}`);
    },
    { rootMargin: "400px" },
  ).observe(section);

  section.querySelector("[data-forget]").addEventListener("click", () => {
    keep([]);
    section.hidden = true;
    const told = document.querySelector("[data-forgotten]");
    told.textContent = told.dataset.words;
    document.getElementById("main").focus({ preventScroll: true });
  });
}

async function fill(list, address) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    list.replaceChildren(...[...page.querySelectorAll("li[data-slug]")].map((card) => document.adoptNode(card)));
  } catch {
    list.replaceChildren();
  }
  list.removeAttribute("aria-busy");
  if (!list.children.length) section.hidden = true;
}

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return kept.filter((slug) => /^[\w-]+$/.test(slug));
  } catch {
    return []; // no storage, or not ours
  }
}

function keep(slugs) {
  try {
    localStorage.setItem(KEY, JSON.stringify(slugs));
  } catch {} // private windows may have no storage
}
