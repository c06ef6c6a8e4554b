// The words that this visitor searched for, newest first: kept by this browser, told to nobody.

const KEY = "past-searches";
const MOST = 8;
const LONGEST = 80;

export function pastSearches() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((words) => typeof words === "string").slice(0, MOST) : [];
  } catch {
    return []; // somebody else's, or no storage for this page
  }
}

export function remember(words) {
  if (words && words.length <= LONGEST) keep([words, ...without(words)].slice(0, MOST));
}

export function forget(words) {
  keep(without(words));
}

export function forgetAll() {
  keep([]);
}

function without(words) {
  return pastSearches().filter((past) => past.toLowerCase() !== words.toLowerCase());
}

function keep(past) {
  try {
    if (past.length) localStorage.setItem(KEY, JSON.stringify(past));
    else localStorage.removeItem(KEY);
  } catch {
    // No storage, or it is full: the search goes on without a memory.
  }
}
