// The thumbnails move the strip of pictures without touching the address, and show where it is; a
// picture opens large in a dialog: arrow keys, buttons and swiping lead to the next.
// Without this module all of them are links to the pictures, which does the same less smoothly.

const calm = matchMedia("(prefers-reduced-motion: reduce)");

for (const gallery of document.querySelectorAll("[data-gallery]")) start(gallery);

// Another choice of options brought another gallery.
document.addEventListener("product:changed", (event) => {
  for (const gallery of event.detail.querySelectorAll("[data-gallery]")) start(gallery);
});

function start(gallery) {
  if (gallery.dataset.started) return;
  gallery.dataset.started = "true";
  followThumbnails(gallery);
  const dialog = gallery.querySelector("dialog");
  if (dialog) zoomInto(dialog, [...gallery.querySelectorAll("[data-zoom]")]);
}

function followThumbnails(gallery) {
  const strip = gallery.querySelector(".gallery-strip");
  const links = [...gallery.querySelectorAll(".gallery-thumbs a")];
  const pictures = links.map((link) => gallery.querySelector(link.hash));

  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      scrollTo(strip, pictures[index]);
    });
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const link = links[pictures.indexOf(target)];
        if (isIntersecting) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { root: strip, threshold: 0.6 },
  );
  for (const picture of pictures) observer.observe(picture);
}

function zoomInto(dialog, links) {
  const strip = dialog.querySelector(".zoom-strip");
  const previous = dialog.querySelector(".zoom-previous");
  const next = dialog.querySelector(".zoom-next");
  const count = dialog.querySelector(".zoom-count");
  let at = 0;

  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      // What is not looked at is not loaded.
      if (!strip.children.length) strip.append(...links.map(large));
      dialog.showModal();
      strip.focus();
      show(index, "instant");
    });
  }

  function show(index, behavior) {
    at = Math.min(Math.max(index, 0), links.length - 1);
    scrollTo(strip, strip.children[at], behavior);
    tell();
  }

  function tell() {
    if (!next) return;
    count.textContent = `${at + 1} / ${links.length}`;
    previous.disabled = at === 0;
    next.disabled = at === links.length - 1;
  }

  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(at + step);
  });
  previous?.addEventListener("click", () => show(at - 1));
  next?.addEventListener("click", () => show(at + 1));
  // A click beside the picture closes; one on it keeps it.
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("img, button")) dialog.close();
  });

  // Swiping scrolls the strip, which snaps.
  strip.addEventListener("scroll", () => {
    const seen = Math.round(strip.scrollLeft / strip.clientWidth);
    if (seen !== at && Math.abs(strip.scrollLeft - seen * strip.clientWidth) < 2) {
      at = seen;
      tell();
    }
  });
}

function large(link) {
  const item = document.createElement("li");
  const image = document.createElement("img");
  image.loading = "lazy";
  image.alt = link.querySelector("img").alt;
  image.width = link.dataset.width;
  image.height = link.dataset.height;
  image.src = link.href;
  item.append(image);
  return item;
}

function scrollTo(strip, item, behavior = calm.matches ? "instant" : "smooth") {
  strip.scrollTo({ left: item.offsetLeft - strip.firstElementChild.offsetLeft, behavior });
}
