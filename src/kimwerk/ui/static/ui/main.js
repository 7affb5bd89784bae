// Starts everything on the page, and again on every part that htmx puts in.

import * as combobox from "./combobox.js";
import * as drafts from "./drafts.js";
import * as forms from "./forms.js";
import * as keys from "./keys.js";
import * as multiSelect from "./multi-select.js";
import * as requests from "./requests.js";
import * as theme from "./theme.js";
import * as waiting from "./waiting.js";

const modules = [theme, keys, combobox, multiSelect, drafts, forms, waiting];

for (const module of [waiting, keys, drafts, forms, requests]) module.listen();
for (const module of modules) module.start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt === document.body) return;
  const part = event.detail.elt.parentElement ?? document;
  for (const module of modules) module.start(part);
});
