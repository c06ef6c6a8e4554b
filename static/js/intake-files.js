// What was dropped or chosen, as a list of files that can be sent: folders walked through, ZIPs opened.

import { readZip, ZipProblem } from "./intake-zip.js";

const HIDDEN = /(^|\/)(\.[^./]|__MACOSX(\/|$)|thumbs\.db$|desktop\.ini$)/i;

/** What is in a drop. Called while the event lasts, for its entries are gone after it. */
export function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return Promise.resolve([...transfer.files].map((file) => [file, file.name]));
  return Promise.all(entries.map((entry) => walk(entry, ""))).then((found) => found.flat());
}

/** What was chosen in a field, each with its path. */
export const chosen = (input) =>
  [...input.files].map((file) => [file, file.webkitRelativePath || file.name]);

async function walk(entry, folder) {
  const path = folder ? `${folder}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [[file, path]] : [];
  }
  const reader = entry.createReader();
  const found = [];
  // A browser gives a hundred at a time.
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return found;
    for (const one of some) found.push(...(await walk(one, path)));
  }
}

/** Files to be sent: {key, name, folder, size, open}; `complain` is told the name of a ZIP that is none. */
export async function prepared(files, complain) {
  const found = [];
  for (const [file, path] of files) {
    if (HIDDEN.test(path)) continue;
    if (/\.zip$/i.test(file.name)) {
      try {
        for (const one of await readZip(file)) {
          if (HIDDEN.test(one.path)) continue;
          found.push(described(one.path, one.size, one.mark, one.open));
        }
      } catch (error) {
        if (!(error instanceof ZipProblem) && !(error instanceof RangeError)) throw error;
        complain(file.name);
      }
    } else {
      found.push(described(path, file.size, file.lastModified, async () => file));
    }
  }
  hideRoot(found);
  // In the order of names, as 2 comes before 10.
  const order = new Intl.Collator(undefined, { numeric: true });
  return found.sort((a, b) => order.compare(a.path, b.path));
}

/** Leave out the folder that all lie in, where there are others below it: it says nothing of any. */
function hideRoot(found) {
  const root = found[0]?.folder.split("/")[0];
  const inRoot = ({ folder }) => folder === root || folder.startsWith(`${root}/`);
  if (!root || !found.every(inRoot) || found.every(({ folder }) => folder === root)) return;
  for (const one of found) one.folder = one.folder.slice(root.length + 1);
}

function described(path, size, mark, open) {
  const parts = path.replaceAll("\\", "/").split("/").filter(Boolean);
  const name = parts.pop() ?? "";
  const folder = parts.join("/");
  return { key: keyOf(`${folder}/${name}|${size}|${mark}`), path, name, folder, size, open };
}

/** The same for the same text, and for hardly any other: 106 bits (cyrb53 by bryc, public domain, twice). */
function keyOf(text) {
  return [0, 0x9e3779b9]
    .map((seed) => {
      let [high, low] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed];
      for (const character of text) {
        const code = character.codePointAt(0);
        high = Math.imul(high ^ code, 2654435761);
        low = Math.imul(low ^ code, 1597334677);
      }
      high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
      low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
      return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
    })
    .join("-");
}
