// "Add to cart" answers in place: the shopper stays where they are, hears what came of it, and finds
// a way to the cart. On a phone a bar keeps the button at hand while it is out of sight. Without this
// module the form leads back to the page, with what came of it at its top.

start();
document.addEventListener("product:changed", start);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-buy]")) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const headers = { "HX-Request": "true" };
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    if (!response.ok) throw new Error(response.statusText);
    say(new DOMParser().parseFromString(await response.text(), "text/html"));
    form.ariaBusy = null;
  } catch {
    form.submit();
  }
});

document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-added-close]")) return;
  const added = document.querySelector("[data-added]");
  target.closest("[data-added-close]").hidden = true;
  added.removeAttribute("data-shown");
  added.querySelector("[data-added-words]").replaceChildren();
  document.querySelector(".buy-button").focus({ preventScroll: true });
});

function say(answer) {
  const added = document.querySelector("[data-added]");
  const note = document.adoptNode(answer.querySelector(".note"));
  if (!note.matches("[role=alert]")) note.removeAttribute("role"); // its place has it
  added.setAttribute("data-shown", "");
  added.querySelector("[data-added-close]").hidden = false;
  added.querySelector("[data-added-words]").replaceChildren(note);
  const link = answer.getElementById("cart-link");
  link?.removeAttribute("hx-swap-oob");
  if (link) document.getElementById("cart-link")?.replaceWith(document.adoptNode(link));
}

function start() {
  const bar = document.querySelector("[data-buy-bar]");
  const button = document.querySelector(".buy-button");
  if (!bar || !button) return;
  bar.hidden = false;
  new IntersectionObserver(([{ isIntersecting }]) => {
    bar.toggleAttribute("data-shown", !isIntersecting);
  }).observe(button);
}
