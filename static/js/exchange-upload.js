// Choosing a file to import: dropped or chosen, sent at once, with its progress. Without this
// script the form sends it all the same.

const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const choose = form.querySelector(".exchange-drop-choose");
const sending = form.querySelector("[data-sending]");
const progress = sending.querySelector("progress");
const percent = sending.querySelector("[data-percent]");
const error = form.querySelector("[data-error]");
const words = form.dataset;
let request = null;

// The admin's own script would write the name into a text field beside it; there is none.
input.hasChangeListener = true;

function fail(message) {
  request = null;
  choose.hidden = false;
  sending.hidden = true;
  error.textContent = message;
  error.hidden = !message;
  input.value = ""; // so that the same file can be chosen once more
  input.focus();
}

function answer({ status, responseText }) {
  let told = {};
  try {
    told = JSON.parse(responseText);
  } catch {
    // A page of the server's own.
  }
  if (status === 200 && told.url) window.location.assign(told.url);
  else fail(told.error || words.refused);
}

function send(file) {
  if (request) return;
  if (file.size > Number(words.max)) {
    fail(words.tooBig);
    return;
  }
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.append("file", file);
  error.hidden = true;
  choose.hidden = true;
  sending.hidden = false;
  sending.querySelector("[data-name]").textContent = file.name;
  percent.textContent = "";
  progress.value = 0;
  request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = total ? (100 * loaded) / total : 0;
    const part = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    percent.textContent = loaded < total ? part.format(loaded / total) : words.received;
  });
  request.addEventListener("load", () => answer(request));
  request.addEventListener("error", () => fail(words.lost));
  request.addEventListener("abort", () => fail(""));
  request.open("POST", window.location.pathname);
  request.setRequestHeader("Accept", "application/json");
  request.send(data);
  sending.querySelector("[data-abort]").focus();
}

input.addEventListener("change", () => {
  if (input.files.length) send(input.files[0]);
});
form.addEventListener("submit", (event) => event.preventDefault());
sending.querySelector("[data-abort]").addEventListener("click", () => request?.abort());

// A file that misses the form must not replace the page.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
}
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) form.classList.add("exchange-drop-over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("exchange-drop-over");
});
document.addEventListener("drop", (event) => {
  form.classList.remove("exchange-drop-over");
  const files = event.dataTransfer?.files ?? [];
  if (files.length > 1) fail(words.one);
  else if (files.length) send(files[0]);
});

// Leaving while the file is under way would lose it.
window.addEventListener("beforeunload", (event) => {
  if (request && request.readyState < 4) event.preventDefault();
});
