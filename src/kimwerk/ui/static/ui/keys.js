// Single keys: "/" to the search, "n" for a new entry, "?" for the list of keys. Elements name theirs in
// data-shortcut. They do nothing while somebody types, and one can switch them off (WCAG 2.1.4).

import { read, write } from "./storage.js";

const OFF = "kimwerk.keys-off";

function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
}

function press(key) {
  if (key === "?") {
    document.getElementById("keys")?.showModal();
    return true;
  }
  const element = [...document.querySelectorAll(`[data-shortcut="${CSS.escape(key)}"]`)].find((each) => each.checkVisibility());
  if (!element) return false;
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
  return true;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
}

export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.activeElement?.closest("details[data-menu][open]");
      closeMenus();
      menu?.querySelector("summary").focus();
    }
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (isPlain && !read(OFF) && !isTyping(event.target) && !document.querySelector("dialog[open]") && press(event.key)) {
      event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
}

export function start(root) {
  for (const input of root.querySelectorAll("[data-keys-switch]")) {
    input.closest("label").hidden = false;
    input.checked = !read(OFF);
    input.onchange = () => write(OFF, input.checked ? null : "1");
  }
}
