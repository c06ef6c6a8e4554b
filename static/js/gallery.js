// The thumbnails (dots, on a phone) move the strip of pictures without touching the address, and
// show where it is; a picture opens large in a dialog. Without this module all of them are links to
// the pictures, which does the same less smoothly.

import { zoomInto } from "./zoom.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

for (const gallery of document.querySelectorAll("[data-gallery]")) start(gallery);

// Another choice of options brought another gallery.
document.addEventListener("product:changed", (event) => {
  for (const gallery of event.detail.querySelectorAll("[data-gallery]")) start(gallery);
});

function start(gallery) {
  if (gallery.dataset.started) return;
  gallery.dataset.started = "true";
  const strip = gallery.querySelector(".gallery-strip");
  const pictures = [...strip.children];
  const links = [...gallery.querySelectorAll(".gallery-thumbs a")];
  const count = gallery.querySelector("[data-gallery-count]");

  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(index, calm.matches ? "instant" : "smooth");
    });
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) mark(pictures.indexOf(target));
      }
    },
    { root: strip, threshold: 0.6 },
  );
  if (links.length) for (const picture of pictures) observer.observe(picture);

  const dialog = gallery.querySelector("dialog");
  // Back on the page, the picture that was seen last is the one that it shows.
  if (dialog) zoomInto(dialog, [...gallery.querySelectorAll("[data-zoom]")], (at) => show(at));

  function show(index, behavior = "instant") {
    strip.scrollTo({ left: pictures[index].offsetLeft - pictures[0].offsetLeft, behavior });
  }

  function mark(at) {
    for (const [index, link] of links.entries()) {
      if (index === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    count.hidden = false;
    count.textContent = `${at + 1} / ${pictures.length}`;
  }
}
