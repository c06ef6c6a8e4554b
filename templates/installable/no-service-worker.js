/* In place of a worker that is not wanted any more: removes itself, and what was kept. */

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(leave());
});

async function leave() {
  for (const name of await caches.keys()) {
    if (name.startsWith("offline-")) await caches.delete(name);
  }
  await self.registration.unregister();
}
