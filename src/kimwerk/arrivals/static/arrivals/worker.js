// The service worker of the registration: it keeps the empty form and what the form is made of, so that the page opens
// without a connection too. It keeps no answers and nothing that anybody has entered; signing out throws it away.

const CACHE = "kimwerk.capture";
const FORM = /\/\d+\/familie\/$/;

async function freshOrKept(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && !answer.redirected) await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const isForm = request.mode === "navigate" && FORM.test(pathname);
  if (isForm || pathname.startsWith("/static/")) event.respondWith(freshOrKept(request, pathname));
});
