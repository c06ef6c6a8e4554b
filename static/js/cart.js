// While htmx swaps the cart: says the new total, tells of a cart that could not be brought up to
// date, and keeps the keyboard where it was. Without this module the forms work by themselves.

const cart = document.getElementById("cart");
const failure = document.querySelector("[data-cart-failure]");
const status = document.querySelector("[data-cart-status]");

document.body.addEventListener("htmx:beforeRequest", () => (failure.hidden = true));
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(name, () => (failure.hidden = false));
}

document.body.addEventListener("htmx:afterSettle", () => {
  const total = cart.querySelector(".totals-sum")?.textContent ?? "";
  status.textContent = total.replace(/\s+/g, " ").trim();
  // What had the focus may be gone with its line.
  if (document.activeElement === document.body) {
    (cart.querySelector("[aria-invalid='true']") ?? cart).focus({ preventScroll: true });
  }
});
