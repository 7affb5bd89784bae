// How much waits on this device to be sent, told in the header of every page, and once more before signing out.
// Here only numbers are kept; the rooms keep what waits, encrypted. Signing out throws the keys away, and the pages
// that a room keeps for times without a connection.

import { place, texts } from "./notices.js";
import { keysWith, read, write } from "./storage.js";

const KEYS = "kimwerk.keys";
const PAGES = "kimwerk.capture";

const account = () => document.body.dataset.account;
const prefix = () => `kimwerk.waiting.${account()}.`;
const waiting = () => keysWith(prefix()).map((key) => JSON.parse(read(key)));

function lock() {
  window.indexedDB?.deleteDatabase(KEYS);
  return window.caches?.delete(PAGES);
}

function link(count, url) {
  const part = texts("waiting").querySelector(count === 1 ? "[data-one]" : "[data-some]").cloneNode(true);
  const number = part.querySelector("[data-count]");
  if (number) number.textContent = number.textContent.replace("{n}", count);
  part.href = url;
  return part;
}

function show() {
  document.querySelector("[data-waiting-count]")?.remove();
  const all = account() ? waiting() : [];
  const count = all.reduce((sum, each) => sum + each.count, 0);
  if (!count) return;
  const part = link(count, all[0].url);
  part.dataset.waitingCount = count;
  document.querySelector(".ui-bar__tools")?.before(part);
}

export function tellCount(name, count, url) {
  write(`${prefix()}${name}`, count ? JSON.stringify({ count, url }) : null);
  show();
}

async function signOut(event) {
  const form = event.target;
  if (!form.matches("[data-signs-out]")) return;
  event.preventDefault();
  if (waiting().length && !("sure" in form.dataset)) {
    event.stopImmediatePropagation();
    warn(form);
    return;
  }
  await lock();
  form.submit();
}

function warn(form) {
  document.querySelector("[data-placed=leaving]")?.remove();
  const notice = place("leaving", document.getElementById("notices"));
  notice.querySelector("a").href = waiting()[0].url;
  const leave = notice.querySelector("[data-leave]");
  leave.addEventListener("click", () => {
    form.dataset.sure = "";
    form.requestSubmit();
  });
  leave.focus();
}

export function listen() {
  document.addEventListener("submit", signOut, { capture: true });
}

export function start(root) {
  if (root !== document) return;
  if (!account()) lock();
  show();
}
