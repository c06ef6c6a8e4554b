// Choosing an option swaps the product in place, and says what was chosen; the number field gets
// buttons for more and less. Without this module the options are links to the same page.

let latest = 0;

startQuantity(document);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-choice]");
  if (!link || event.defaultPrevented || event.button) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  choose(link);
});

async function choose(link) {
  const asked = ++latest;
  const product = document.querySelector("[data-product]");
  product.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (asked === latest) swap(product, page.querySelector("[data-product]"), link);
  } catch {
    if (asked === latest) location.assign(link.href);
  }
}

function swap(product, fresh, link) {
  // Choices of one product replace each other: "back" leads to where the shopper came from.
  history.replaceState(history.state, "", link.href);
  const open = product.querySelector(".variants")?.open;
  const quantity = product.querySelector("[name=quantity]")?.value;

  document.adoptNode(fresh);
  const gallery = product.querySelector("[data-gallery]");
  const other = fresh.querySelector("[data-gallery]");
  // The same pictures in the same order: leave them where they are scrolled to.
  if (gallery.dataset.pictures === other.dataset.pictures) other.replaceWith(gallery);
  product.replaceWith(fresh);

  if (open) fresh.querySelector(".variants").open = true;
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
