// Typing to find one of many, after the ARIA 1.2 pattern "editable combobox with list autocomplete".
// Made from <select data-combobox> (the select stays and keeps the value) or from an input with a datalist
// (free text, with suggestions).

import { texts } from "./notices.js";

const MOST = 200;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();

class Combobox {
  constructor(input, options, choose, current) {
    Object.assign(this, { input, options, choose, current, shown: [], active: -1 });
    this.list = document.createElement("ul");
    this.list.className = "ui-combobox__list";
    this.list.id = `${input.id}_list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.status = document.createElement("span");
    this.status.className = "kern-sr-only";
    this.status.setAttribute("role", "status");
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.after(this.list, this.status);
    input.addEventListener("input", () => this.open(input.value));
    input.addEventListener("click", () => (this.list.hidden ? this.open("") : this.close()));
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => this.onMouse(event));
  }

  open(text) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    this.shown = this.options.filter((option) => words.every((word) => folded(option.label).includes(word))).slice(0, MOST);
    this.list.replaceChildren(...this.shown.map((option, at) => this.item(option, at)));
    const wording = texts("combobox");
    if (!this.shown.length) this.list.append(this.nothing(wording));
    this.status.textContent = this.shown.length
      ? wording.querySelector("[data-some]").textContent.replace("{n}", this.shown.length)
      : wording.querySelector("[data-none]").textContent;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(words.length && this.shown.length ? 0 : this.shown.findIndex((option) => option.label === this.current()));
  }

  item(option, at) {
    const item = document.createElement("li");
    item.id = `${this.list.id}_${at}`;
    item.setAttribute("role", "option");
    item.textContent = option.label;
    return item;
  }

  nothing(wording) {
    const item = document.createElement("li");
    item.className = "ui-combobox__none";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = wording.querySelector("[data-none]").textContent;
    return item;
  }

  activate(at) {
    this.active = at;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      this.input.setAttribute("aria-activedescendant", this.list.children[at].id);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  take(at) {
    this.choose(this.shown[at]);
    this.close();
  }

  leave() {
    this.close();
    if (this.input.value !== this.current()) this.choose(this.options.find((option) => folded(option.label) === folded(this.input.value)) ?? null);
  }

  onKey(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      else if (this.shown.length) this.activate((this.active + (key === "ArrowDown" ? 1 : -1) + this.shown.length) % this.shown.length);
    } else if (key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.take(this.active);
    } else if (key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }

  onMouse(event) {
    event.preventDefault();
    const at = [...this.list.children].indexOf(event.target.closest("[role=option]"));
    if (at >= 0 && this.shown[at]) this.take(at);
  }
}

function wrap(element, css) {
  const box = document.createElement("div");
  box.className = css;
  element.before(box);
  return box;
}

function fromSelect(select) {
  const options = [...select.options].filter((option) => option.value).map((option) => ({ label: option.text, value: option.value }));
  const input = document.createElement("input");
  input.className = `kern-form-input__input${select.matches("[aria-invalid=true]") ? " kern-form-input__input--error" : ""}`;
  for (const name of ["id", "required", "aria-describedby", "aria-invalid", "disabled"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  const box = wrap(select.closest(".kern-form-input__select-wrapper") ?? select, "ui-combobox");
  const wrapper = box.nextElementSibling;
  box.append(input, select);
  if (wrapper !== select) wrapper.remove();
  select.id = `${input.id}_value`;
  select.required = false;
  select.hidden = true;
  const current = () => (select.value ? select.options[select.selectedIndex].text : "");
  const show = () => (input.value = current());
  const choose = (option) => {
    if (select.value !== (option?.value ?? "")) {
      select.value = option?.value ?? "";
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    show();
  };
  show();
  select.addEventListener("change", show);
  return new Combobox(input, options, choose, current);
}

function fromDatalist(input) {
  const options = [...input.list.options].map((option) => ({ label: option.value, value: option.value }));
  const box = wrap(input, "ui-combobox ui-combobox--plain");
  input.removeAttribute("list");
  box.append(input);
  const choose = (option) => {
    if (!option) return;
    input.value = option.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  return new Combobox(input, options, choose, () => input.value);
}

export function start(root) {
  root.querySelectorAll("select[data-combobox]:not([hidden])").forEach(fromSelect);
  root.querySelectorAll("input[list]").forEach(fromDatalist);
}
