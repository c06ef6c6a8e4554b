// Makes a photo small, beside the page's own thread: upright, on white, and without the place and
// time that cameras write into it. Answers with a picture to show at once, then with the file; with
// no file where this browser cannot read the photo.

const LONGEST_SIDE = 1024; // pixels; twice of what the shop keeps
// A JPEG is read at the largest eighth of its size that has no more pixels than this, squared: a
// photo of 12, 24 or 48 megapixels then has 1,008 to 1,428 on its longer side.
const READ_SIDE = 1280;

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
  const picture = (await decodedSmall(file)) ?? (await createImageBitmap(file));
  try {
    return onCanvas(picture, picture.displayWidth ?? picture.width, picture.displayHeight ?? picture.height);
  } finally {
    picture.close();
  }
}

// A JPEG read at some eighths of its size takes half of the time; null where this browser cannot do
// that, or does not know which way up a photo is. (Measured: `createImageBitmap` making it small
// saves nothing.)
async function decodedSmall(file) {
  if (file.type !== "image/jpeg" || !("ImageDecoder" in self && "rotation" in VideoFrame.prototype)) return null;
  const size = { desiredWidth: READ_SIDE, desiredHeight: READ_SIDE };
  let decoder;
  try {
    decoder = new ImageDecoder({ data: file.stream(), type: file.type, ...size });
    return (await decoder.decode()).image;
  } catch {
    return null; // it may be another type than it is said to be
  } finally {
    decoder?.close();
  }
}

function onCanvas(picture, wide, high) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(wide, high));
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(high * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff"; // what is transparent is seen on white
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}
