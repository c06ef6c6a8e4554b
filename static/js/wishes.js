// The heart answers in place. Without this module it is a form that leads back to the page.

document.addEventListener("submit", async (event) => {
  const wish = event.target.closest("[data-wish]");
  if (!wish) return;
  event.preventDefault();
  const form = event.target;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-wish]");
    if (!response.ok || !fresh) throw new Error(response.statusText);
    wish.replaceWith(document.adoptNode(fresh));
    fresh.querySelector("button").focus();
  } catch {
    form.submit();
  }
});
