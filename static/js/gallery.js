// The thumbnails move the strip of pictures without touching the address, and show where it is.
// Without this module they are links to the pictures, which does the same less smoothly.

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector(".gallery-strip");
  const links = [...gallery.querySelectorAll(".gallery-thumbs a")];
  const pictures = links.map((link) => document.querySelector(link.hash));

  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      strip.scrollTo({
        left: pictures[index].offsetLeft - strip.offsetLeft,
        behavior: calm ? "instant" : "smooth",
      });
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
