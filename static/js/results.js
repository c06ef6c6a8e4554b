// Keeps what stands around the results in step while htmx swaps them.

// What an address says and the next search does not: new words take the place of other words, and
// begin at their first page, with what fits them best.
const LEFT_BEHIND = ["q", "page", "sort", "looks", "about", "explain", "describe"];

const results = document.getElementById("results");

if (results) {
  const filters = document.getElementById("filters");
  const status = document.querySelector("[data-results-status]");
  const failure = document.querySelector("[data-results-failure]");

  showChosen();
  filters.addEventListener("toggle", showChosen);
  // The sheet of a phone covers the page: whoever tabs on from it is back on the page.
  // A finger on what takes no focus, a label or a heading, gives it to the page that holds the sheet.
  filters.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (!to || to.contains(filters) || filters.contains(to)) return;
    if (filters.matches(":popover-open")) filters.hidePopover();
  });

  // What is chosen while an answer is awaited waits for its turn, and that answer brings the choices
  // anew: what was said is said then.
  let said = null;
  let asked = null; // the search that is asked for
  const remember = ({ target }) => target.form?.id === "filters-form" && (said = new FormData(target.form));
  document.addEventListener("change", remember, { capture: true });

  // Empty parameters stay out of the address.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { formData, elt } = event.detail;
    if (said && elt.id === "filters-form") {
      for (const name of new Set(formData.keys())) formData.delete(name);
      for (const [name, value] of said) formData.append(name, value);
      said = null;
    }
    for (const [name, value] of [...formData.entries()]) {
      if (value === "") formData.delete(name);
    }
  });

  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    failure.hidden = true;
    // What is chosen before the answer is there adds to what is asked for.
    if (detail.target === results) followAll((asked = new URL(detail.pathInfo.finalRequestPath, location.href).searchParams));
  });

  // A link that is pressed meanwhile will be gone with what it stands in before its turn comes, and
  // htmx then forgets it. It says what is to be other than on this page: that is asked for, too.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[hx-boost] a, a[hx-boost]");
    if (!link || !results.classList.contains("htmx-request") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const now = new URLSearchParams(location.search);
    const meant = new URL(link.href).searchParams;
    if (said) asked = new URLSearchParams([...said].filter(([, value]) => value));
    said = null;
    for (const name of new Set([...now.keys(), ...meant.keys()])) {
      const values = meant.getAll(name);
      if (`${values}` === `${now.getAll(name)}`) continue;
      asked.delete(name);
      for (const value of values) asked.append(name, value);
    }
    followAll(asked);
    htmx.ajax("GET", `${link.pathname}?${asked}`, { source: results, target: results, push: "true" })
      .catch(() => {}); // given up for a newer one, or the page says so
  }, { capture: true });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, (event) => {
      failure.querySelector("a").href = event.detail.pathInfo?.finalRequestPath ?? location.href;
      failure.hidden = false;
    });
  }

  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== results) return;
    status.textContent = document.querySelector("[data-results-count]")?.textContent ?? "";
    // What waited for its turn is asked for already, and the forms are as it says.
    if (!results.classList.contains("htmx-request")) {
      followAll(new URLSearchParams(location.search), results.querySelector("[data-wrong]")?.dataset.wrong.split(" "));
    }
    // Complaints of an earlier answer; those of this one stand above the results.
    for (const error of document.querySelectorAll(".field-error")) error.remove();
    for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    if (results.contains(document.activeElement) || document.activeElement === document.body) {
      results.focus({ preventScroll: true });
    }
    showChosen();
  });
  // Another search begins at its first result, from the first moment that it is seen.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== results) return;
    const head = document.getElementById("results-head");
    const { scrollPaddingTop } = getComputedStyle(document.documentElement); // under what stays above
    if (head.getBoundingClientRect().top < parseFloat(scrollPaddingTop)) head.scrollIntoView({ behavior: "instant" });
  });
}

// Long lists of choices scroll to what is chosen, unless it is seen already.
function showChosen() {
  for (const list of document.querySelectorAll(".filters-scroll")) {
    const chosen = list.querySelector(":checked")?.parentElement.getBoundingClientRect();
    if (!chosen) continue;
    const { top, bottom } = list.getBoundingClientRect();
    if (chosen.top < top || chosen.bottom > bottom) {
      list.scrollTop += chosen.top - top - list.clientHeight / 2;
    }
  }
}

function followAll(asked, wrong = []) {
  for (const form of document.querySelectorAll("[data-follows-address]")) follow(form, asked, wrong);
}

// The fields of the form take the values of the address, but for the one that is being edited. What
// is `wrong` in it stays where it can be seen and mended, and out of the next search elsewhere.
function follow(form, asked, wrong) {
  for (const name of asked.keys()) {
    if (LEFT_BEHIND.includes(name) || form.elements.namedItem(name)) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name });
    form.append(field);
  }
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field === document.activeElement) continue;
    const left = field.type === "hidden" && wrong.includes(field.name);
    const value = left ? "" : (asked.get(field.name) ?? "");
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value !== "";
    else field.value = value;
  }
}
