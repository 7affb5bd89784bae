// Registering families goes on when the connection drops. What is typed is kept as a draft; what is sent without a
// connection waits on this device (vault.js) and is sent when the server answers again. The server judges it then as
// it judges the page; where it doubts, the entry stays here and says why.

import { place } from "../ui/notices.js";
import { tellCount } from "../ui/waiting.js";
import * as vault from "./vault.js";

const PATIENCE = 6000;
const QUIET = 300;
const NEVER = ["csrfmiddlewaretoken", "key", "members"];

const section = document.getElementById("device");
const form = document.querySelector("form[data-capture]");
const part = (name) => section.querySelector(`[data-device-${name}]`);
const text = (name) => document.getElementById("device-texts").content.querySelector(`[data-text="${name}"]`).textContent;
const counted = (name, n) => (n === 1 ? text(`${name}one`) : text(`${name}some`).replace("{n}", n));
const isWaiting = (entry) => entry.content && !entry.content.answer;

let key = null;
let isSending = false;
let isAway = false;
let said = "";

const wasSent = () => "wasSent" in form.dataset;

// The server: whether it answers, and who we are there.

async function reach() {
  const token = await ask();
  isAway = token === "away";
  return token;
}

async function ask() {
  try {
    const answer = await fetch(section.dataset.deviceUrl, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect" || answer.status === 401) return "session";
    if (!answer.ok) return "away";
    const { secret, token, seconds } = await answer.json();
    key = await vault.makeKey(secret, seconds);
    if (form) form.elements.csrfmiddlewaretoken.value = token;
    return token;
  } catch {
    return "away";
  }
}

const isAnswer = (token) => token !== "away" && token !== "session";

function tellReach(token) {
  if (token === "session") say(text("session"));
  else say(text(key ? "away" : "locked"));
}

// The form: members are added here, so that it needs no server.

const members = () => [...form.querySelectorAll("[data-member]")];

function addMember() {
  const number = members().length + 1;
  const holder = document.createElement("template");
  holder.innerHTML = document.getElementById("member-template").innerHTML.replaceAll("__n__", number);
  const member = holder.content.firstElementChild;
  members().at(-1).after(member);
  form.elements.members.value = number;
  window.htmx.process(member);
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: member } }));
  return member;
}

const values = () => [...new FormData(form)].filter(([name]) => !NEVER.includes(name));

function fill({ id, count, values: kept }) {
  empty(id);
  while (members().length < count) addMember();
  const said = new Map(kept);
  for (const element of form.elements) {
    if (!element.name || NEVER.includes(element.name) || element.matches("button")) continue;
    if (element.type === "checkbox") element.checked = said.has(element.name);
    else element.value = said.get(element.name) ?? "";
    element.dispatchEvent(new Event("change"));
  }
}

function empty(id = crypto.randomUUID()) {
  for (const member of members().slice(1)) member.remove();
  form.reset();
  for (const select of form.querySelectorAll("select")) select.dispatchEvent(new Event("change"));
  for (const doubles of form.querySelectorAll(".arrivals-doubles")) doubles.replaceChildren();
  form.elements.members.value = 1;
  form.elements.key.value = id;
}

const content = () => ({
  id: form.elements.key.value,
  count: members().length,
  values: values(),
  notedAt: new Date().toISOString(),
});

// The draft: what stands in the form, until it is registered or waits.

const draftId = () => `draft ${document.body.dataset.account} ${section.dataset.familyUrl}`;
let pending = 0;

async function keepDraft() {
  clearTimeout(pending);
  pending = 0;
  if (key) await vault.put(key, { id: draftId(), url: section.dataset.familyUrl, isDraft: true, content: content() });
}

function keepDraftSoon() {
  clearTimeout(pending);
  pending = setTimeout(keepDraft, QUIET);
}

async function restoreDraft() {
  const draft = await vault.one(key, draftId());
  if (!draft?.content) return;
  // Whoever went on before the answer was read leaves a draft of what the list has already.
  if (form.dataset.registered.split(" ").includes(draft.content.id)) {
    await forgetDraft();
    return;
  }
  fill(draft.content);
  const notice = place("draft", form);
  notice.querySelector("[data-discard]").addEventListener("click", async () => {
    notice.remove();
    await forgetDraft();
    empty();
    form.elements.municipality.focus();
  });
}

async function forgetDraft() {
  clearTimeout(pending);
  pending = 0;
  await vault.remove(draftId());
}

// What waits.

function say(sentence) {
  said = sentence;
  return show();
}

async function show() {
  const entries = await vault.all(key);
  const look = entries.filter((entry) => entry.content?.answer).length;
  const waiting = entries.length - look;
  const sentences = [said, waiting && counted("", waiting), look && counted("look-", look)];
  part("status").textContent = sentences.filter(Boolean).join(" ");
  part("list").replaceChildren(...entries.map(line));
  part("send").hidden = !entries.some(isWaiting) || isSending;
  section.hidden = !entries.length && !said;
  tellCount("registrations", entries.length, section.dataset.familyUrl);
}

function line(entry) {
  const item = document.getElementById("device-entry").content.firstElementChild.cloneNode(true);
  const find = (name) => item.querySelector(`[data-entry-${name}]`);
  const { answer } = entry.content ?? {};
  find("label").textContent = entry.content ? labelOf(entry.content) : text("unreadable");
  find("text").textContent = entry.content ? (answer?.text ?? text("waits")) : "";
  find("lines").replaceChildren(...(answer?.lines ?? []).map(sentence));
  find("lines").hidden = !answer?.lines.length;
  find("confirm").hidden = !answer?.confirm;
  find("confirm").textContent = answer?.confirm?.label ?? "";
  find("confirm").onclick = () => confirm(entry, answer.confirm.name);
  find("open").hidden = !form || !entry.content || entry.url !== section.dataset.familyUrl;
  find("open").onclick = () => open(entry);
  find("discard").hidden = !entry.content;
  find("discard").onclick = ({ currentTarget }) => discard(entry, currentTarget);
  return item;
}

function sentence({ text: told, url }) {
  const item = document.createElement("li");
  const holder = url ? document.createElement("a") : item;
  if (url) Object.assign(holder, { href: url, target: "_blank" });
  holder.textContent = told;
  if (url) item.append(holder);
  return item;
}

function labelOf({ values: kept, count }) {
  const said = new Map(kept);
  const name = [said.get("m1-family_name"), said.get("m1-given_names")].filter(Boolean).join(", ");
  return (count === 1 ? text("person") : text("people").replace("{n}", count)).replace("{name}", name);
}

async function open(entry) {
  if (pending) await keepDraft();
  fill(entry.content);
  form.elements.municipality.focus();
}

async function confirm(entry, name) {
  const confirmed = [...(entry.content.confirmed ?? []), name];
  await vault.put(key, { ...entry, content: { ...entry.content, confirmed, answer: null } });
  await send();
}

async function discard(entry, button) {
  if (!("sure" in button.dataset)) {
    button.dataset.sure = "";
    button.textContent = text("sure");
    return;
  }
  await vault.remove(entry.id);
  await show();
}

// Sending.

class Refused extends Error {}

async function send() {
  if (isSending) return;
  isSending = true;
  const token = await reach();
  if (isAnswer(token)) await sendAll(token);
  isSending = false;
  if (isAnswer(token)) await show();
  else tellReach(token);
}

async function sendAll(token) {
  const edited = form && wasSent() ? form.elements.key.value : null;
  const waiting = (await vault.all(key)).filter((entry) => isWaiting(entry) && entry.id !== edited);
  const bar = part("progress");
  bar.max = waiting.length;
  bar.hidden = !waiting.length;
  let registered = 0;
  try {
    for (const [at, entry] of waiting.entries()) {
      bar.value = at;
      part("status").textContent = text("sending").replace("{n}", at + 1).replace("{all}", waiting.length);
      registered += await sendOne(entry, token);
    }
    said = "";
  } catch (error) {
    said = text(error instanceof Refused ? "failed" : "away");
  }
  bar.hidden = true;
  if (registered) said = [counted("sent-", registered), said].filter(Boolean).join(" ");
}

async function sendOne(entry, token) {
  const { id, count, values: kept, notedAt, confirmed = [] } = entry.content;
  const body = new URLSearchParams([
    ...kept, ["key", id], ["members", count], ["noted_at", notedAt], ["device_time", new Date().toISOString()],
    ...confirmed.map((name) => [name, "1"]),
  ]);
  const answer = await fetch(entry.url, {
    method: "POST", body, redirect: "error", signal: AbortSignal.timeout(PATIENCE * 5),
    headers: { Accept: "application/json", "X-CSRFToken": token },
  });
  if (!answer.ok) throw new Refused();
  const told = await answer.json();
  if (told.clock) Object.assign(part("clock"), { textContent: told.clock, hidden: false });
  if (told.is_registered) await vault.remove(id);
  else await vault.put(key, { ...entry, content: { ...entry.content, answer: told } });
  return told.is_registered ? 1 : 0;
}

// What the buttons of the form do.

async function submit(event) {
  if ("passed" in form.dataset) {
    delete form.dataset.passed;
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  if (submitter?.name === "more") {
    const member = addMember();
    (member.querySelector("[name$=given_names]") ?? member.querySelector("input")).focus();
    return;
  }
  submitter?.setAttribute("aria-busy", "true");
  await keepDraft();
  const token = await reach();
  submitter?.removeAttribute("aria-busy");
  if (isAnswer(token)) {
    if (await vault.one(key, form.elements.key.value)) await wait();
    form.dataset.passed = "";
    form.requestSubmit(submitter);
  } else if (!key) {
    tellReach(token);
  } else if (!form.elements.municipality.value || !form.elements["m1-family_name"].value.trim()) {
    say(text("missing"));
    (form.elements.municipality.value ? form.elements["m1-family_name"] : form.elements.municipality).focus();
  } else {
    await wait();
    await forgetDraft();
    // The page tells what was wrong before; the kept form knows nothing of that.
    if (wasSent() && navigator.serviceWorker?.controller) {
      location.assign(section.dataset.familyUrl);
      return;
    }
    document.querySelector("[data-placed=draft]")?.remove();
    empty();
    await say(text("kept"));
    section.scrollIntoView({ block: "nearest" });
    form.elements.municipality.focus({ preventScroll: true });
  }
}

const wait = () => vault.put(key, { id: form.elements.key.value, url: section.dataset.familyUrl, content: content() });

async function start() {
  if (form) startForm();
  // The server has it: its page says so.
  if (document.querySelector(`[data-saved-draft^="arrivals-family-"]`)) await forgetDraft();
  key = await vault.keptKey();
  const wasOpen = Boolean(key);
  if (wasOpen) await resume();
  const token = await reach();
  if (key && !wasOpen) await resume();
  if (isAnswer(token)) await send();
  else tellReach(token);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => {
    isAway = true;
    tellReach("away");
  });
  part("send").addEventListener("click", send);
}

function startForm() {
  // A page kept for times without a connection has the same number each time it is opened.
  if (!wasSent()) form.elements.key.value = crypto.randomUUID();
  form.addEventListener("input", keepDraftSoon);
  form.addEventListener("change", (event) => event.isTrusted && keepDraftSoon());
  form.addEventListener("submit", submit);
  // Without a connection nobody is asked whom a member might be; the server asks when the entry is sent.
  form.addEventListener("htmx:confirm", (event) => isAway && event.preventDefault());
  document.addEventListener("visibilitychange", () => document.hidden && pending && keepDraft());
  navigator.serviceWorker?.register(section.dataset.workerUrl).then(keepPage).catch(() => {});
}

async function resume() {
  if (!form) return;
  if (wasSent() || pending) await keepDraft();
  else await restoreDraft();
}

async function keepPage() {
  // The first visit comes before the worker; later ones keep themselves.
  const cache = await caches.open("kimwerk.capture");
  const parts = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const paths = parts.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/")).map(({ pathname }) => pathname);
  if (!(await cache.match(location.pathname))) await cache.addAll([location.pathname, ...new Set(paths)]);
}

if (section && vault.isPossible()) start();
