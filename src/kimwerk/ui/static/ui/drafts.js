// What was typed into <form data-keep="key"> stays in this browser until the server has it: through closed
// tabs, lost sessions and lost connections. It is kept per account and forgotten on signing out, on "Discard",
// when the server says that it is safe, and after a week.

import { place } from "./notices.js";
import { keysWith, read, write } from "./storage.js";

const PREFIX = "kimwerk.draft.";
const WEEK = 7 * 24 * 3600 * 1000;
const NEVER = "input[type=password], input[type=file], input[type=hidden], input[type=submit]";

const account = () => document.body.dataset.account;
const nameOf = (key) => `${PREFIX}${account()}.${key}`;

function fields(form) {
  return [...form.elements].filter((element) => element.name && !element.matches(NEVER) && !element.matches("button, fieldset"));
}

function valuesOf(form) {
  return fields(form).map((element) => [
    element.name,
    element.value,
    element.matches("[type=checkbox], [type=radio]") ? element.checked : null,
  ]);
}

function fill(form, values) {
  const left = [...values];
  for (const element of fields(form)) {
    const isChoice = element.matches("[type=checkbox], [type=radio]");
    const at = left.findIndex(([name, value]) => name === element.name && (!isChoice || value === element.value));
    if (at < 0) continue;
    const [[, value, checked]] = left.splice(at, 1);
    if (isChoice) element.checked = checked;
    else element.value = value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form, name, values) {
  const original = valuesOf(form);
  if (JSON.stringify(original) === JSON.stringify(values)) return;
  fill(form, values);
  const notice = place("draft", form);
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    fill(form, original);
    write(name, null);
    delete form.dataset.changed;
    notice.remove();
    fields(form)[0]?.focus();
  });
}

function stored(name) {
  const text = read(name);
  if (!text) return null;
  const { at, values } = JSON.parse(text);
  if (Date.now() - at < WEEK) return values;
  write(name, null);
  return null;
}

export function forget(key) {
  write(nameOf(key), null);
  for (const form of document.querySelectorAll(`form[data-keep="${CSS.escape(key)}"]`)) delete form.dataset.changed;
}

export function start(root) {
  for (const notice of root.querySelectorAll("[data-saved-draft]")) forget(notice.dataset.savedDraft);
  if (!account()) return;
  for (const form of root.querySelectorAll("form[data-keep]:not([data-kept])")) {
    form.dataset.kept = "";
    const name = nameOf(form.dataset.keep);
    const values = stored(name);
    if (values) offer(form, name, values);
    const keep = () => write(name, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
    form.addEventListener("input", keep);
    form.addEventListener("change", (event) => event.isTrusted && keep());
  }
}

export function listen() {
  document.addEventListener("draftSaved", (event) => forget(event.detail.key));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) for (const key of keysWith(`${PREFIX}${account()}.`)) write(key, null);
  });
}
