// Light, dark, or as the device has it.

import { read, write } from "./storage.js";

const KEY = "kimwerk.theme";

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.kernTheme;
  else document.documentElement.dataset.kernTheme = theme;
  for (const input of document.querySelectorAll("[data-theme-switch] input")) input.checked = input.value === theme;
}

let groups = 0;

export function start(root) {
  for (const group of root.querySelectorAll("[data-theme-switch][hidden]")) {
    group.hidden = false;
    groups += 1;
    // A page may hold the switch twice (header and menu); each is a group of its own.
    for (const input of group.querySelectorAll("input")) input.name = `ui-theme-${groups}`;
    group.addEventListener("change", (event) => {
      write(KEY, event.target.value === "system" ? null : event.target.value);
      apply(event.target.value);
    });
  }
  apply(read(KEY) ?? "system");
}
