// Tells of a cart that could not be brought up to date, and keeps the keyboard where it was while
// htmx swaps the cart. Without it the forms work by themselves.

const cart = document.getElementById("cart");
const failure = document.querySelector("[data-cart-failure]");

document.body.addEventListener("htmx:beforeRequest", () => (failure.hidden = true));
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(name, () => (failure.hidden = false));
}

document.body.addEventListener("htmx:afterSettle", () => {
  // What had the focus may be gone with its line.
  if (document.activeElement === document.body) cart.focus({ preventScroll: true });
});
