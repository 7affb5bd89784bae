// Entries that wait on this device, in IndexedDB and encrypted (AES-GCM, 256 bits). Each is bound to its account,
// occasion and number. The key comes from a secret that the server gives only to whoever is signed in; the browser
// keeps it in a form that no script can read out, in a database of its own, which ends with the session or on signing
// out (ui/waiting.js). Then nobody reads the entries until the same account signs in again.

const ENTRIES = "kimwerk.entries";
const KEYS = "kimwerk.keys";
const STORE = "all";

const account = () => document.body.dataset.account;
const bytes = (text) => new TextEncoder().encode(text);
const finished = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function within(name, mode, work) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  const database = await finished(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    const result = await finished(work(transaction.objectStore(STORE)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

export const isPossible = () => Boolean(account() && window.indexedDB && window.crypto?.subtle);

export async function keptKey() {
  const kept = await within(KEYS, "readonly", (store) => store.get(account()));
  return kept && kept.until > Date.now() ? kept.key : null;
}

export async function makeKey(secret, seconds) {
  const raw = Uint8Array.from(atob(secret), (sign) => sign.charCodeAt(0));
  const base = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
  const derived = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes("kimwerk entries") };
  const key = await crypto.subtle.deriveKey(derived, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await within(KEYS, "readwrite", (store) => store.put({ id: account(), key, until: Date.now() + seconds * 1000 }));
  return key;
}

const bound = (entry) => bytes(JSON.stringify([entry.account, entry.url, entry.id]));

export async function put(key, { id, url, isDraft = false, content }) {
  const entry = { id, account: account(), url, isDraft, at: Date.now(), iv: crypto.getRandomValues(new Uint8Array(12)) };
  const how = { name: "AES-GCM", iv: entry.iv, additionalData: bound(entry) };
  entry.sealed = await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(content)));
  await within(ENTRIES, "readwrite", (store) => store.put(entry));
}

async function opened(key, entry) {
  if (!key) return { ...entry, content: null };
  try {
    const how = { name: "AES-GCM", iv: entry.iv, additionalData: bound(entry) };
    const plain = await crypto.subtle.decrypt(how, key, entry.sealed);
    return { ...entry, content: JSON.parse(new TextDecoder().decode(plain)) };
  } catch {
    return { ...entry, content: null };
  }
}

export async function one(key, id) {
  const entry = await within(ENTRIES, "readonly", (store) => store.get(id));
  return entry?.account === account() ? opened(key, entry) : null;
}

export async function all(key) {
  const entries = await within(ENTRIES, "readonly", (store) => store.getAll());
  const own = entries.filter((entry) => entry.account === account() && !entry.isDraft);
  return Promise.all(own.sort((one, other) => one.at - other.at).map((entry) => opened(key, entry)));
}

export const remove = (id) => within(ENTRIES, "readwrite", (store) => store.delete(id));
