// The files in a ZIP, read in the browser: only its list is read at once, and each file when it is sent.
// After APPNOTE.TXT, PKWARE's description of the format, with its sizes of 64 bits.

const END = 0x06054b50;
const END_64 = 0x06064b50;
const PLACE_OF_END_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const MOST_LIST = 64 * 1024 * 1024;

export class ZipProblem extends Error {}

const bytesOf = async (file, from, to) => new DataView(await file.slice(from, to).arrayBuffer());
const long = (view, at) => Number(view.getBigUint64(at, true));

/** Where the list of files begins, and how long it is. */
async function listOf(file) {
  const from = Math.max(0, file.size - 65557);
  const tail = await bytesOf(file, from, file.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new ZipProblem("bad");
  let length = tail.getUint32(at + 12, true);
  let start = tail.getUint32(at + 16, true);
  if (start === 0xffffffff || length === 0xffffffff) {
    if (at < 20 || tail.getUint32(at - 20, true) !== PLACE_OF_END_64) throw new ZipProblem("bad");
    const place = long(tail, at - 12);
    const end = await bytesOf(file, place, place + 56);
    if (end.byteLength < 56 || end.getUint32(0, true) !== END_64) throw new ZipProblem("bad");
    length = long(end, 40);
    start = long(end, 48);
  }
  if (length > MOST_LIST || start + length > file.size) throw new ZipProblem("bad");
  return [start, length];
}

/** Sizes and place that do not fit into 32 bits stand in an extra field, those that are needed alone. */
function wide(view, from, to, values) {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let value = at + 4;
    return values.map((one) => {
      if (one !== 0xffffffff) return one;
      value += 8;
      return long(view, value - 8);
    });
  }
  return values;
}

function named(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The files: each with `path`, `size` (as the ZIP says), `mark` and `open(most)`, which gives a blob. */
export async function readZip(file) {
  const [start, length] = await listOf(file);
  const list = await bytesOf(file, start, start + length);
  const found = [];
  let at = 0;
  while (at + 46 <= length && list.getUint32(at, true) === ENTRY) {
    const flags = list.getUint16(at + 8, true);
    const method = list.getUint16(at + 10, true);
    const mark = list.getUint32(at + 16, true);
    const [names, extras, comments] = [28, 30, 32].map((one) => list.getUint16(at + one, true));
    const path = named(new Uint8Array(list.buffer, list.byteOffset + at + 46, names));
    const [size, packed, place] = wide(list, at + 46 + names, at + 46 + names + extras, [
      list.getUint32(at + 24, true),
      list.getUint32(at + 20, true),
      list.getUint32(at + 42, true),
    ]);
    if (!path.endsWith("/")) {
      const open = (most) => unpack(file, { flags, method, packed, place }, most);
      found.push({ path, size, mark, open });
    }
    at += 46 + names + extras + comments;
  }
  return found;
}

/** One file, never further than one byte beyond `most`. */
async function unpack(file, { flags, method, packed, place }, most) {
  if (flags & 1) throw new ZipProblem("locked");
  if (method !== STORED && method !== DEFLATED) throw new ZipProblem("method");
  const head = await bytesOf(file, place, place + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw new ZipProblem("damaged");
  const from = place + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const data = file.slice(from, from + packed);
  if (method === STORED) return data.slice(0, most + 1);
  const reader = data.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const chunks = [];
  let length = 0;
  try {
    while (length <= most) {
      const { done, value } = await reader.read();
      if (done) return new Blob(chunks);
      chunks.push(value);
      length += value.byteLength;
    }
  } catch {
    throw new ZipProblem("damaged");
  }
  reader.cancel().catch(() => {});
  return new Blob(chunks).slice(0, most + 1);
}
