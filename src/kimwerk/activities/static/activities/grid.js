// The grid: rows copied out of a spreadsheet spread over the cells, new rows come when they are needed, arrows lead
// up and down, and what was typed stays in this browser until the server has it. Without this script the page works
// with its rows and the field for pasting.

import { place } from "../ui/notices.js";
import { read, write } from "../ui/storage.js";

const WEEK = 7 * 24 * 3600 * 1000;
const SPARE = 2;

const form = document.querySelector("form[data-grid]");
const body = form.querySelector("tbody");
// The name under which ui/drafts.js keeps drafts, so that it forgets this one when the server has it, or on signing out.
const key = `kimwerk.draft.${document.body.dataset.account}.${form.dataset.grid}`;

const rows = () => [...body.querySelectorAll("tr[data-row]")];
const cells = (row) => [...row.querySelectorAll("input")];
const texts = () => rows().map((row) => cells(row).map((cell) => cell.value));

function addRow() {
  const last = rows().at(-1);
  const number = Number(last.dataset.row) + 1;
  const row = last.cloneNode(true);
  row.dataset.row = number;
  row.className = "";
  row.querySelector("th").textContent = number + 1;
  for (const cell of cells(row)) {
    cell.name = cell.name.replace(/^r\d+/, `r${number}`);
    cell.value = "";
    cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/\d+$/, number + 1));
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
  }
  body.append(row);
  return row;
}

function keep() {
  const values = texts();
  const isBlank = values.every((row) => row.every((text) => !text));
  write(key, isBlank ? null : JSON.stringify({ at: Date.now(), values }));
}

function fill(values, firstRow = 0, firstCell = 0) {
  values.forEach((line, down) => {
    while (rows().length <= firstRow + down) addRow();
    const row = cells(rows()[firstRow + down]);
    line.forEach((text, right) => {
      if (row[firstCell + right]) row[firstCell + right].value = text.trim();
    });
  });
}

function positionOf(cell) {
  const all = rows();
  const row = all.findIndex((each) => each.contains(cell));
  return [row, cells(all[row]).indexOf(cell)];
}

function paste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!event.target.matches("tbody input") || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  fill(text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t")), ...positionOf(event.target));
  keep();
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (!step || !event.target.matches("tbody input") || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const [row, at] = positionOf(event.target);
  if (row + step >= rows().length) addRow();
  cells(rows()[row + step] ?? rows()[row])[at].focus();
}

function restore() {
  const text = read(key);
  if (!text) return;
  const { at, values } = JSON.parse(text);
  const filled = values.filter((row) => row.some(Boolean));
  const shown = texts().filter((row) => row.some(Boolean));
  if (Date.now() - at > WEEK || JSON.stringify(filled) === JSON.stringify(shown) || shown.length) return;
  fill(filled);
  const notice = place("draft", form);
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    for (const cell of form.querySelectorAll("tbody input")) cell.value = "";
    write(key, null);
    notice.remove();
    cells(rows()[0])[0].focus();
  });
}

const more = form.querySelector("[data-more-rows]");
more.hidden = false;
more.addEventListener("click", () => cells(addRow())[0].focus());
form.addEventListener("paste", paste);
form.addEventListener("keydown", move);
form.addEventListener("input", (event) => {
  if (rows().at(-1).contains(event.target)) for (let count = 0; count < SPARE; count += 1) addRow();
  keep();
});
restore();
