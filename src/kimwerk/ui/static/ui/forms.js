// Forms are sent once, and are not left by accident while they hold something unsaved.

function markChanged(event) {
  const form = event.target.closest?.("form[method=post]");
  if (form && event.isTrusted && !form.closest("dialog")) form.dataset.changed = "";
}

function isUnsaved(form) {
  // A form with data-keep loses nothing: its draft is still there on return.
  return form.isConnected && !form.dataset.keep && "changed" in form.dataset && !("sent" in form.dataset);
}

function guard(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  event.submitter?.setAttribute("aria-busy", "true");
}

function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}

function checkSize(event) {
  const input = event.target;
  if (!input.matches?.("input[type=file][data-largest-mib]")) return;
  const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largestMib) * 1024 * 1024);
  const warning = input.closest(".ui-file").querySelector("[data-too-large]");
  warning.hidden = !isTooLarge;
  input.setCustomValidity(isTooLarge ? warning.textContent.trim() : "");
}

export function listen() {
  document.addEventListener("input", markChanged);
  document.addEventListener("change", checkSize);
  document.addEventListener("submit", guard);
  document.addEventListener("htmx:afterRequest", release);
  // The back button may bring a page back as it was left, with its form still marked as sent.
  window.addEventListener("pageshow", release);
  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("form[data-changed]")].some(isUnsaved)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const leaving = event.target.closest?.("[data-leaves]");
    if (leaving) delete leaving.closest("form")?.dataset.changed;
  });
}

export function start(root) {
  root.querySelector("form [data-error-summary]")?.focus();
}
