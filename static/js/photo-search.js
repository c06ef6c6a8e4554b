// The search bar: words go by GET, and a photo that is dropped or pasted anywhere goes to the
// camera's panel. Without this module the form works as it stands.

import { isPicture, photoPanel } from "./photo-panel.js";

const bar = document.querySelector("[data-photo-search]");

if (bar) {
  const form = bar.querySelector("form");
  const words = form.elements.namedItem("q");
  const veil = bar.querySelector("[data-drop-veil]");
  const removal = bar.querySelector("[data-photo-remove]");
  const panel = photoPanel(bar);

  form.addEventListener("submit", () => {
    words.value = words.value.trim();
    form.method = "get";
    setLeftOut(true);
    // The page stays if the navigation is cancelled, and may come back from the history.
    setTimeout(() => setLeftOut(false));
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-photo-open]")) panel.open();
  });

  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData ?? {};
    // Tables and texts come with a picture of themselves: a field takes what is written.
    if (!files || (isWritable(event.target) && types.includes("text/plain"))) return;
    const photo = [...files].find(isPicture);
    if (photo) {
      event.preventDefault();
      panel.send(photo);
    } else if (!isWritable(event.target) && showsPicture(event.clipboardData)) {
      panel.refuse(bar.dataset.addressOnly);
    }
  });

  // What is dragged within the page (a link, a picture of the shop) is no photo for the search.
  let own = false;
  document.addEventListener("dragstart", () => (own = true));
  document.addEventListener("dragend", () => (own = false));

  // `dragleave` fires for every element that is crossed: a timer tells the real end of a drag.
  let dragEnd = 0;
  document.addEventListener("dragover", (event) => {
    if (!isForUs(event)) return;
    event.preventDefault();
    panel.warm();
    veil.togglePopover(true);
    clearTimeout(dragEnd);
    dragEnd = setTimeout(() => veil.togglePopover(false), 250);
  });
  document.addEventListener("drop", (event) => {
    if (!isForUs(event)) return;
    event.preventDefault();
    clearTimeout(dragEnd);
    veil.togglePopover(false);
    const files = [...event.dataTransfer.files];
    const photo = files.find(isPicture) ?? files[0];
    if (photo) panel.send(photo);
    else panel.refuse(bar.dataset.addressOnly);
  });

  // On the shop's front the bar stands in the page: once it has gone by, it stays above.
  const place = bar.closest(".hero-search");
  if (place) {
    const observer = new IntersectionObserver(([{ isIntersecting, boundingClientRect: box }]) => {
      const isAbove = !isIntersecting && box.bottom <= 0;
      place.style.minHeight = isAbove ? `${box.height}px` : "";
      bar.classList.toggle("bar-above", isAbove);
    });
    observer.observe(place);
  }

  function isForUs({ dataTransfer, target }) {
    if (own || !dataTransfer) return false;
    const { types } = dataTransfer;
    return types.includes("Files") || (types.includes("text/uri-list") && !isWritable(target));
  }

  if (removal) {
    // Filters may have been chosen since the page came, or the photo taken back.
    removal.addEventListener("click", (event) => {
      event.preventDefault();
      const asked = new URLSearchParams(location.search);
      for (const name of ["photo", "spot", "crop", "page"]) asked.delete(name);
      location.assign(form.action + (asked.size ? `?${asked}` : ""));
    });
    document.body.addEventListener("htmx:afterSettle", () => {
      removal.hidden = !new URLSearchParams(location.search).has("photo");
    });
  }

  // Empty parameters stay out of the address.
  function setLeftOut(leaveOut) {
    for (const field of form.elements) {
      if (field.name) field.disabled = leaveOut && !field.value;
    }
  }
}

function isWritable(element) {
  return Boolean(element.closest?.("input, textarea, [contenteditable]"));
}

// Whether a page's picture was copied, and came as its address.
function showsPicture(transfer) {
  return transfer.getData("text/html").includes("<img");
}
