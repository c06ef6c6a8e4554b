/* Registers the service worker, when the page has all that it needs itself. */

const worker = document.querySelector("link[data-service-worker]")?.dataset.serviceWorker;

if (worker && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    // Without it the shop is as good, but while there is no internet.
    navigator.serviceWorker.register(worker, { updateViaCache: "none" }).catch(() => {});
  });
}
