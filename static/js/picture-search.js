// Searches with the picture that a product's gallery shows, as with a shopper's own photo: the
// results offer to choose its part. From the large picture, with the part of it that is seen.
// Without this module, or where the picture cannot be sent, a link leads to what looks like it.

import { pictureRect } from "./zoom.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-picture-search]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  location.assign(await addressFor(link).catch(() => link.href));
  link.ariaBusy = null;
});

async function addressFor(link) {
  const gallery = link.closest("[data-gallery]");
  const isPart = "part" in link.dataset;
  const strip = gallery.querySelector(isPart ? ".zoom-strip" : ".gallery-strip");
  const at = Math.round(strip.scrollLeft / strip.clientWidth);
  const crop = isPart ? seen(strip.children[at]) : "";

  const picture = await checked(await fetch(gallery.querySelectorAll("[data-zoom]")[at].href));
  const body = new FormData();
  body.append("image", await picture.blob(), "picture");
  const answer = await checked(await fetch(link.dataset.pictureSearch, { method: "POST", body }));
  const { url } = await answer.json();
  return crop ? `${url}&crop=${crop}` : url;
}

function checked(response) {
  if (!response.ok) throw new Error(response.statusText);
  return response;
}

// The part of the picture that its frame shows, as shares of its width and height; "" for all of it.
function seen(item) {
  const frame = item.getBoundingClientRect();
  const picture = pictureRect(item.firstElementChild);
  const part = [
    (Math.max(frame.left, picture.left) - picture.left) / picture.width,
    (Math.max(frame.top, picture.top) - picture.top) / picture.height,
    (Math.min(frame.right, picture.right) - picture.left) / picture.width,
    (Math.min(frame.bottom, picture.bottom) - picture.top) / picture.height,
  ];
  const isWhole = part[2] - part[0] > 0.99 && part[3] - part[1] > 0.99;
  return isWhole ? "" : part.map((share) => share.toFixed(3)).join(",");
}
