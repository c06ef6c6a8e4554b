// Pictures that are on two products. On their page: keys for what the buttons do. On a product's page: what is
// shown beside its pictures and below is fetched once the page is there.

const page = document.querySelector("[data-duplicates]");
if (page) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = page.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  // One answer for one pair: a second press goes to the next page, not to this one.
  page.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "true";
  });
  // A page that the browser brings back is answered anew.
  addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form")) delete form.dataset.sent;
  });
}

const beside = document.querySelector("[data-beside-product]");
if (beside) {
  const answer = await fetch(beside.dataset.besideProduct, { headers: { Accept: "text/html" } }).catch(() => null);
  // Without it the page is as good as before.
  if (answer?.ok && !answer.redirected) {
    beside.innerHTML = await answer.text();
    for (const found of beside.querySelectorAll("template[data-also-on-picture]")) {
      const place = document.querySelector(`[data-also-on="${found.dataset.alsoOnPicture}"]`);
      place?.replaceChildren(found.content.cloneNode(true));
    }
  }
}
