// The panel that the camera opens. A photo that comes to it shows at once, is made small, sent, and
// leads to the search with it; what goes wrong is said beside it, and the photo stays for another
// try. All words stand in data attributes, in the page's language.

const LARGEST_FILE = 10 * 1024 * 1024; // bytes, as the server has it
const LONGEST_WAIT = 60_000; // milliseconds
// What a new photo takes the place of.
const LOOKED_LIKE = ["photo", "crop", "like", "spot"];

export function isPicture(file) {
  // Some systems know no type for HEIC and AVIF: the server decides on those.
  return file.type === "" || file.type.startsWith("image/");
}

export function photoPanel(bar) {
  const words = bar.dataset;
  const form = bar.querySelector("form");
  const file = form.elements.namedItem("image");
  const panel = bar.querySelector("[data-photo-panel]");
  const part = (name) => panel.querySelector(`[data-photo-${name}]`);
  const [choosing, shown, status, progress, preview, camera] = [
    "choosing", "shown", "status", "progress", "preview", "camera",
  ].map(part);
  const again = part("again");
  const [another, cancel] = shown.querySelectorAll("[data-photo-choose], [data-photo-cancel]");

  let photo = null; // what was chosen
  let small = null; // and what is sent of it
  let work = null; // AbortController of what is under way
  let leaving = false; // for the results
  let worker = null; // started before it is needed

  for (const input of [file, camera]) {
    input.addEventListener("change", () => {
      const [chosen] = input.files;
      input.value = ""; // the same may be chosen again
      if (chosen) send(chosen);
    });
  }

  panel.addEventListener("click", (event) => {
    const on = (name) => event.target.closest(`[data-photo-${name}]`);
    if (on("take")) camera.click();
    else if (on("choose")) file.click();
    else if (on("again")) carryOn();
    else if (on("cancel") || (event.target === panel && !work && isBeside(event))) close();
  });
  panel.addEventListener("close", () => panel.open || rest()); // by Escape, too
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false; // it comes back from the history as it was left
    close();
  });

  function open() {
    warm();
    choosing.hidden = false;
    shown.hidden = true;
    if (!panel.open) panel.showModal();
  }

  function close() {
    rest();
    panel.close();
  }

  function rest() {
    stop();
    photo = small = null;
    file.value = "";
  }

  function send(chosen) {
    stop();
    photo = chosen;
    small = null;
    show();
    if (isPicture(photo)) carryOn();
    else fail(named(words.notAPicture));
  }

  async function carryOn() {
    const { signal } = (work = new AbortController());
    tell(words.ready);
    try {
      small ??= await shrunk(photo, signal);
      if (small.size > LARGEST_FILE) return fail(named(words.tooLarge));
      tell(words.sending);
      const answer = await alone(signal, () => post(small, signal, (done) => (progress.value = done)));
      if (answer.status === 201) {
        leaving = true;
        location.assign(address(answer.response.url));
      } else if (answer.status === 503 && answer.response) {
        submit(small); // nothing can be kept: the form is answered all the same
      } else if (answer.status === 413) {
        fail(answer.response?.error ?? named(words.tooLargeToSend)); // a proxy says no words of ours
      } else {
        fail(answer.response?.error ?? words.unavailable, answer.status >= 429);
      }
    } catch {
      if (!signal.aborted) fail(words.lost, true);
    }
  }

  // Stands in for the photo: the words alone, where there was none.
  function refuse(said) {
    stop();
    photo = small = null;
    show();
    fail(said);
  }

  function show() {
    choosing.hidden = true;
    shown.hidden = false;
    preview.hidden = true;
    if (!panel.open) panel.showModal();
    cancel.focus();
  }

  function tell(said) {
    status.textContent = said;
    status.classList.remove("photo-failed");
    progress.removeAttribute("value");
    progress.hidden = false;
    again.hidden = another.hidden = true;
  }

  function fail(said, tryAgain = false) {
    work = null;
    status.textContent = said;
    status.classList.add("photo-failed");
    progress.hidden = true;
    again.hidden = !tryAgain;
    another.hidden = false;
    (tryAgain ? again : another).focus();
  }

  function stop() {
    work?.abort();
    work = null;
    if (leaving) window.stop();
    leaving = false;
  }

  function warm() {
    if (worker || !("OffscreenCanvas" in window)) return;
    worker = new Worker(words.worker);
    worker.onerror = () => (worker = null);
  }

  // The photo made small, or as it came where this browser cannot.
  function shrunk(photo, signal) {
    warm();
    const own = worker;
    worker = null;
    if (!own) return photo;
    return new Promise((resolve, reject) => {
      const end = (blob) => {
        own.terminate();
        resolve(blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : photo);
      };
      own.onmessage = ({ data }) => {
        if (!data.preview) return end(data.small);
        [preview.width, preview.height] = [data.preview.width, data.preview.height];
        preview.getContext("bitmaprenderer").transferFromImageBitmap(data.preview);
        preview.hidden = false;
      };
      own.onerror = () => (navigator.onLine ? end(null) : reject());
      signal.addEventListener("abort", () => {
        own.terminate();
        reject(signal.reason);
      });
      own.postMessage(photo);
    });
  }

  function post(photo, signal, progressed) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", words.address);
      request.responseType = "json";
      request.timeout = LONGEST_WAIT;
      request.upload.onprogress = ({ loaded, total }) => progressed(loaded / total);
      request.upload.onload = () => tell(words.looking);
      request.onload = () => resolve(request);
      request.onerror = request.ontimeout = request.onabort = reject;
      signal.addEventListener("abort", () => request.abort());
      const body = new FormData();
      body.append("image", photo);
      request.send(body);
    });
  }

  // A visitor's first two photos, sent from two tabs at once, would each begin a session, of which
  // the browser keeps one: one after the other.
  function alone(signal, send) {
    return navigator.locks ? navigator.locks.request("photo", { signal }, send) : send();
  }

  // The search with the photo, within what the bar holds besides.
  function address(url) {
    const found = new URL(url, location.href);
    for (const [name, value] of new FormData(form)) {
      const kept = typeof value === "string" && value.trim() && !LOOKED_LIKE.includes(name);
      if (kept) found.searchParams.set(name, value.trim());
    }
    return found;
  }

  function submit(photo) {
    const transfer = new DataTransfer();
    transfer.items.add(photo);
    file.files = transfer.files;
    for (const name of LOOKED_LIKE) {
      const field = form.elements.namedItem(name);
      if (field) field.value = "";
    }
    form.method = "post";
    leaving = true;
    form.submit();
  }

  function named(said) {
    return said.replace("{name}", () => photo.name);
  }

  function isBeside({ clientX, clientY }) {
    const { left, right, top, bottom } = panel.getBoundingClientRect();
    return clientX < left || clientX > right || clientY < top || clientY > bottom;
  }

  return { open, send, refuse, warm };
}
