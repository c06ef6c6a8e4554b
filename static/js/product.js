// Choosing an option swaps the product in place, and says what was chosen; the number field gets
// buttons for more and less. Without this module the options are links to the same page.

const MOST_KEPT = 12;
const DWELL = 65; // milliseconds: who merely passes over a choice asks for nothing
const LONGEST = 400; // milliseconds that a choice waits for its picture

let latest = 0;
const ahead = new Map(); // address -> its page, asked for before it is chosen

startQuantity(document);

// Who rests on a choice, presses it or comes to it by keyboard may choose it next.
let resting = 0;
document.addEventListener("pointerover", (event) => {
  clearTimeout(resting);
  resting = setTimeout(look, DWELL, event);
});
document.addEventListener("pointerdown", look);
document.addEventListener("focusin", look);
// What is sent (a wish, a cart) may change what the other pages say.
document.addEventListener("submit", () => ahead.clear());

function look({ target }) {
  const link = target.closest?.("a[data-choice]:not([aria-current])");
  if (link && !navigator.connection?.saveData) read(link.href).catch(() => {});
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-choice]");
  if (!link || event.defaultPrevented || event.button) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  choose(link);
});

// The page of a choice, with its first picture on the way.
function read(address) {
  const kept = ahead.get(address);
  if (kept) return kept;
  const page = load(address);
  page.catch(() => ahead.delete(address));
  ahead.set(address, page);
  if (ahead.size > MOST_KEPT) ahead.delete(ahead.keys().next().value);
  return page;
}

async function load(address) {
  // The same product is looked at, not another: nothing to be counted.
  const response = await fetch(address, { headers: { "X-Purpose": "prefetch" } });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const product = page.querySelector("[data-product]");
  if (!product) throw new Error(address);
  const picture = product.querySelector(".gallery-strip :is(picture, img)");
  const image = document.importNode(picture, true);
  const loaded = (image.querySelector?.("img") ?? image).decode().catch(() => {});
  return { product, loaded };
}

async function choose(link) {
  const asked = ++latest;
  const product = document.querySelector("[data-product]");
  mark(link);
  product.setAttribute("aria-busy", "true");
  try {
    const { product: fresh, loaded } = await read(link.href);
    await Promise.race([loaded, new Promise((done) => setTimeout(done, LONGEST))]);
    if (asked === latest) swap(product, document.importNode(fresh, true), link);
  } catch {
    if (asked === latest) location.assign(link.href);
  }
}

// Answers at once; what it leads to follows.
function mark(link) {
  for (const other of link.closest("ul").querySelectorAll("[data-choice]")) {
    other.toggleAttribute("aria-current", other === link);
  }
  link.setAttribute("aria-current", "true");
}

function swap(product, fresh, link) {
  // Choices of one product replace each other: "back" leads to where the shopper came from.
  history.replaceState(history.state, "", link.href);
  const gallery = product.querySelector("[data-gallery]");
  const other = fresh.querySelector("[data-gallery]");
  // The same pictures in the same order: leave them where they are scrolled to.
  if (gallery.dataset.pictures === other.dataset.pictures) other.replaceWith(gallery);
  const quantity = product.querySelector("[name=quantity]")?.value;
  const folds = [...product.querySelectorAll("details")].map((fold) => fold.open);
  product.replaceWith(fresh);

  for (const [index, fold] of fresh.querySelectorAll("details").entries()) fold.open = folds[index];
  const field = fresh.querySelector("[name=quantity]");
  if (field && quantity) field.value = Math.min(quantity, field.max);
  startQuantity(fresh);
  document.getElementById(link.id)?.focus({ preventScroll: true });
  document.querySelector("[data-announce]").textContent = fresh.dataset.said;
  document.dispatchEvent(new CustomEvent("product:changed", { detail: fresh }));
}

function startQuantity(root) {
  for (const quantity of root.querySelectorAll("[data-quantity]")) {
    const field = quantity.querySelector("input");
    const buttons = [...quantity.querySelectorAll("[data-step]")];
    const show = () => {
      for (const button of buttons) {
        const value = Number(field.value) + Number(button.dataset.step);
        button.disabled = value < Number(field.min) || value > Number(field.max);
      }
    };
    for (const button of buttons) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (Number(button.dataset.step) > 0) field.stepUp();
        else field.stepDown();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    field.addEventListener("input", show);
    show();
  }
}
