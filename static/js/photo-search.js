// The camera of the search bar: a photo that is chosen, dropped or pasted is made small here and
// sent with the form; words alone go by GET. Without this module the form works as it stands.
// What it says stands in the bar's data attributes, in the page's language.

const LONGEST_SIDE = 1280; // pixels; more than any encoder looks at
const LARGEST_FILE = 10 * 1024 * 1024; // bytes, as the server has it
const bar = document.querySelector("[data-photo-search]");

if (bar) {
  const form = bar.querySelector("form");
  const words = form.elements.namedItem("q");
  const file = form.elements.namedItem("image");
  const note = bar.querySelector("[data-note]");
  const veil = bar.querySelector("[data-drop-veil]");
  let busy = false;

  file.addEventListener("change", () => file.files.length && send(file.files[0]));

  form.addEventListener("submit", (event) => {
    if (file.files.length) {
      event.preventDefault();
      send(file.files[0]);
      return;
    }
    words.value = words.value.trim();
    form.method = "get";
    setLeftOut(true);
    // The page stays if the navigation is cancelled, and may come back from the history.
    setTimeout(() => setLeftOut(false));
  });

  window.addEventListener("pageshow", (event) => event.persisted && rest());

  document.addEventListener("paste", (event) => {
    const photo = [...(event.clipboardData?.files ?? [])].find(isPicture);
    if (photo) {
      event.preventDefault();
      send(photo);
    }
  });

  // `dragleave` fires for every element that is crossed: a timer tells the real end of a drag.
  let dragEnd = 0;
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    veil.hidden = false;
    clearTimeout(dragEnd);
    dragEnd = setTimeout(() => (veil.hidden = true), 250);
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    veil.hidden = true;
    send(event.dataTransfer.files[0]);
  });

  async function send(photo) {
    if (busy) return;
    if (!isPicture(photo)) {
      fail(bar.dataset.notAPicture.replace("{name}", () => photo.name));
      return;
    }
    busy = true;
    bar.setAttribute("aria-busy", "true");
    tell(bar.dataset.busy);
    const small = await shrunk(photo);
    if (small.size > LARGEST_FILE) {
      fail(bar.dataset.tooLarge.replace("{name}", () => photo.name));
      return;
    }
    const transfer = new DataTransfer();
    transfer.items.add(small);
    file.files = transfer.files;
    form.method = "post";
    // The new photo takes the place of whatever picture the search was for.
    for (const name of ["photo", "crop", "like"]) form.elements.namedItem(name).value = "";
    form.submit();
  }

  function fail(words) {
    rest();
    tell(words, true);
    file.focus();
  }

  function rest() {
    busy = false;
    file.value = "";
    bar.removeAttribute("aria-busy");
    tell("");
  }

  function tell(words, isError = false) {
    note.textContent = words;
    note.classList.toggle("bar-note-error", isError);
  }

  // Empty parameters stay out of the address.
  function setLeftOut(leaveOut) {
    for (const field of form.elements) {
      if (field.name) field.disabled = leaveOut && !field.value;
    }
  }
}

function isPicture(file) {
  // Some systems know no type for HEIC and AVIF: the server decides on those.
  return file.type === "" || file.type.startsWith("image/");
}

// The photo as a JPEG of at most LONGEST_SIDE, without the place and time that cameras write into
// it; or as it came, where this browser cannot read it.
async function shrunk(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return file;
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // what is transparent is seen on white
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}
