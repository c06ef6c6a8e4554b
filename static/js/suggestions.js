// Suggestions below the search field, as a combobox of ARIA 1.2: the focus stays in the field, and
// the arrows move among the options. Without this module the field is a field.

import { forget, forgetAll, pastSearches, remember } from "./past-searches.js";

const WAIT = 120; // ms after the last letter
const PAST_WHILE_TYPING = 2;
const MOST = 9; // options beside what is typed
const LEAST_HEIGHT = 240; // pixels
const BELOW = 16;

const field = document.querySelector("input[data-suggestions]");
const panel = document.querySelector("#bar-suggestions");

if (field && panel) {
  const form = field.form;
  const list = panel.querySelector('[role="listbox"]');
  const forgetting = panel.querySelector(".suggestions-forget");
  const status = document.querySelector("#bar-suggestions-status");
  const answers = new Map(); // by what was typed
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const typed = () => field.value.trim().replace(/\s+/g, " ").toLowerCase();

  // --- What is shown -----------------------------------------------------------------------------

  function show(answer) {
    const before = typed();
    const past = pastSearches().filter((words) => fits(words.toLowerCase(), before));
    const shown = before ? past.slice(0, PAST_WHILE_TYPING) : past;
    const parts = document.createRange().createContextualFragment(answer);
    // What was searched before stands above, once; and no more than can be looked over.
    const known = shown.map((words) => words.toLowerCase());
    for (const option of parts.querySelectorAll("[data-words]")) {
      if (known.includes(option.dataset.words.toLowerCase())) option.remove();
    }
    const words = [...parts.querySelectorAll("[data-words]")];
    while (words.length && shown.length + parts.querySelectorAll('[role="option"]').length > MOST) {
      words.pop().remove();
    }
    for (const group of parts.querySelectorAll('[role="group"]')) {
      if (!group.querySelector('[role="option"]')) group.remove();
    }
    list.replaceChildren(...(shown.length ? [pastGroup(shown, !before)] : []), parts);
    forgetting.replaceChildren(...shown.map(forgetButton));
    options = [...list.querySelectorAll('[role="option"]')];
    options.forEach((option, n) => (option.id = `bar-suggestion-${n}`));
    activate(-1);
    if (options.length) open();
    else close();
  }

  function fits(past, before) {
    return past !== before && ` ${past}`.includes(` ${before}`);
  }

  function pastGroup(past, all) {
    const group = panel.querySelector("[data-model=past]").content.cloneNode(true).firstElementChild;
    const model = group.querySelector("a");
    for (const words of past) {
      const option = model.cloneNode(true);
      option.href = `${panel.dataset.search}?${new URLSearchParams({ q: words })}`;
      option.dataset.words = option.dataset.past = words;
      option.querySelector(".suggestion-text").textContent = words;
      model.before(option);
    }
    model.remove();
    if (!all) group.querySelector("[data-forget-all]").remove();
    return group;
  }

  function forgetButton(words) {
    const button = panel.querySelector("[data-model=forget]").content.cloneNode(true).firstElementChild;
    button.setAttribute("aria-label", panel.dataset.forget.replace("{words}", words));
    button.addEventListener("click", () => forgetOne(words));
    return button;
  }

  function open() {
    panel.hidden = false;
    field.setAttribute("aria-expanded", "true");
    // As much as is seen of it, above a phone's keyboard.
    const height = window.visualViewport?.height ?? window.innerHeight;
    const room = height - panel.getBoundingClientRect().top - BELOW;
    panel.style.maxHeight = `${Math.max(LEAST_HEIGHT, room)}px`;
    const count = options.filter((option) => !("forgetAll" in option.dataset)).length;
    const { one, several } = panel.dataset;
    status.textContent = count === 1 ? one : several.replace("{count}", count);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    panel.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
    status.textContent = "";
  }

  function activate(n) {
    options[active]?.setAttribute("aria-selected", "false");
    active = n;
    const option = options[n];
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // --- Where it comes from -----------------------------------------------------------------------

  // Old options stay until new ones come; what comes late is dropped.
  async function ask() {
    asking?.abort();
    const words = typed();
    if (answers.has(words)) {
      show(answers.get(words));
      return;
    }
    const mine = (asking = new AbortController());
    let answer = "";
    try {
      const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
      const response = await fetch(address, { signal: mine.signal });
      if (response.ok) answers.set(words, (answer = (await response.text()).trim()));
    } catch {
      // Gone on, or no network: what was searched before is here.
    }
    if (!mine.signal.aborted && document.activeElement === field) show(answer);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    activate(-1);
    if (!typed()) {
      asking?.abort();
      show("");
    } else {
      timer = setTimeout(ask, WAIT);
    }
  });

  field.addEventListener("focus", () => {
    if (!typed()) show("");
  });

  // --- What is done with it ----------------------------------------------------------------------

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) {
        if (typed()) ask();
        else show("");
        return;
      }
      const places = options.length + 1; // one of them is the field itself
      activate(((active + 1 + (key === "ArrowDown" ? 1 : places - 1)) % places) - 1);
    } else if (panel.hidden) {
      return;
    } else if (key === "Enter" && active >= 0) {
      event.preventDefault();
      options[active].click();
    } else if (key === "Escape") {
      event.preventDefault(); // the field would empty itself
      close();
    } else if (key === "Delete" && options[active]?.dataset.past) {
      event.preventDefault();
      forgetOne(options[active].dataset.past);
    } else if (key === "Tab") {
      close();
    }
  });

  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ("forgetAll" in option.dataset) {
      forgetAll();
      close();
      status.textContent = panel.dataset.forgotten;
    } else if (option.dataset.words) {
      // As if they had been typed: beside a photo, and within the filters in force.
      event.preventDefault();
      field.value = option.dataset.words;
      form.requestSubmit();
    }
  });

  function forgetOne(words) {
    forget(words);
    show(answers.get(typed()) ?? "");
    status.textContent = panel.dataset.forgotten;
  }

  form.addEventListener("submit", () => {
    remember(field.value.trim().replace(/\s+/g, " "));
    close();
  });

  // What is pressed in the panel leaves the focus in the field.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("blur", close);
  document.addEventListener("pointerdown", ({ target }) => {
    if (target !== field && !panel.contains(target)) close();
  });
}
