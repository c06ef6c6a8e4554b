/* Shows a page of the shop where the browser would say that there is no internet. No page is ever
   kept but that one, so none can be old and none that is somebody's own lies about; what changes
   something (POST), pictures, scripts and styles go past this worker. */

const { version, offline, kept, notForShoppers } = {{ config|safe }};
const PREFIX = "offline-";
const CACHE = PREFIX + version;

self.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event, !notForShoppers.some((path) => url.pathname.startsWith(path))));
  } else if (kept.includes(url.pathname + url.search)) {
    event.respondWith(fetch(request).catch(() => keptOne(request, Response.error())));
  }
});

async function keep() {
  const cache = await caches.open(CACHE);
  // The page anew; its files have their hash in their names, and the browser has most of them.
  await cache.addAll(kept.map((url) => new Request(url, { cache: url === offline ? "reload" : "default" })));
  // Nothing of a page that is open depends on which worker there is: the new one may take over.
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  // The browser asks for a page while the worker starts, not after.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function page(event, withWords) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    if (!withWords) throw error;
    return keptOne(offline, Response.error());
  }
}

async function keptOne(request, otherwise) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? otherwise;
}
