// When a request of htmx fails, the page says so where it happened; what was typed stays, and one can try again.
// After a swap the focus returns to where it was.

import { place } from "./notices.js";

let focused = null;

function placeOf(element) {
  return element.closest("form") ?? element;
}

function clear(element) {
  const before = placeOf(element).previousElementSibling;
  if (before?.dataset.placed && before.dataset.placed !== "draft") before.remove();
}

async function refreshToken() {
  // Signing in again in another window changes the token of every form; this page still holds the old one.
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const headers = page.body.getAttribute("hx-headers");
  if (!headers) return;
  document.body.setAttribute("hx-headers", headers);
  const token = JSON.parse(headers)["X-CSRFToken"];
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
}

function eventToRepeat({ requestConfig }) {
  // A field that asks while one types lets no `input` pass without a change; it listens for `again` as well.
  const type = requestConfig?.triggeringEvent?.type ?? "click";
  return type === "input" ? "again" : type;
}

function tell(name, detail) {
  // In some events of htmx `elt` is the target; who asked stands in the request's configuration.
  const element = detail.requestConfig?.elt ?? detail.elt;
  clear(element);
  const notice = place(name, placeOf(element));
  notice.querySelector("[data-retry]").addEventListener("click", async () => {
    try {
      if (name === "session") await refreshToken();
    } catch {
      // still no connection: trying again will say so
    }
    notice.remove();
    if (element instanceof HTMLFormElement) element.requestSubmit();
    else window.htmx.trigger(element, eventToRepeat(detail));
  });
}

function hasLostSession({ xhr, requestConfig }) {
  if (xhr.status === 401) return true;
  const signin = document.body.dataset.signinPath;
  const path = xhr.responseURL && new URL(xhr.responseURL).pathname;
  return Boolean(signin && path && path.startsWith(signin) && !requestConfig.path.startsWith(signin));
}

function describe(element) {
  return { id: element.id, name: element.name, at: element.selectionStart };
}

function remember(event) {
  const active = document.activeElement;
  focused = event.detail.target?.contains(active) && active !== event.detail.target ? describe(active) : null;
}

function returnFocus() {
  if (!focused || document.activeElement !== document.body) return;
  const again =
    (focused.id && document.getElementById(focused.id)) ||
    (focused.name && document.querySelector(`[name="${CSS.escape(focused.name)}"]`));
  if (again) again.focus({ preventScroll: true });
  if (again && focused.at != null) again.setSelectionRange?.(focused.at, focused.at);
  focused = null;
}

function askOnlyWhileTyping(event) {
  // A search field has asked already; asking again when it is left would replace what is just being clicked.
  if (event.target.type === "search") event.stopPropagation();
}

export function listen() {
  document.addEventListener("change", askOnlyWhileTyping, { capture: true });
  document.addEventListener("htmx:beforeRequest", (event) => clear(event.detail.elt));
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (hasLostSession(event.detail)) {
      event.detail.shouldSwap = false;
      event.detail.isError = false;
      tell("session", event.detail);
    } else {
      remember(event);
    }
  });
  document.addEventListener("htmx:afterSettle", returnFocus);
  document.addEventListener("htmx:responseError", (event) => tell("server", event.detail));
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => tell("connection", event.detail));
  }
}
