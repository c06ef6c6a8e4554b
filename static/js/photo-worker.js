// Makes a photo small, beside the page's own thread: upright, on white, and without the place and
// time that cameras write into it. Answers with a picture to show at once, then with the file; with
// no file where this browser cannot read the photo.

const LONGEST_SIDE = 1024; // pixels; twice of what the shop keeps

onmessage = async ({ data }) => {
  try {
    const canvas = await drawn(data);
    const preview = await createImageBitmap(canvas);
    postMessage({ preview }, [preview]);
    postMessage({ small: await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 }) });
  } catch {
    postMessage({ small: null });
  }
};

async function drawn(file) {
  // Measured: having this call make it small, too, takes twice as long.
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff"; // what is transparent is seen on white
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}
