import { inflateSync } from "node:zlib";
import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFStream,
} from "pdf-lib";
import type { FileRefusal } from "./proof-file.ts";

/** Keys and names by which a PDF runs something or carries other files (ISO 32000-1 §7.11.4, §12.6.4). */
const active = new Set([
  "JavaScript",
  "JS",
  "Launch",
  "EmbeddedFile",
  "EmbeddedFiles",
  "EF",
  "RichMedia",
  "XFA",
  "ImportData",
  "SubmitForm",
  "GoToE",
]);
/** Those long enough not to occur in compressed bytes by chance. */
const tellTale = /\/(JavaScript|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|Launch)\b/;

/** Bytes of a decompressed object stream; a diploma's have some hundred thousand. */
const largestObjects = 50_000_000;

/** Why a PDF is not taken, or null. Looks at every object, at object streams and at bytes outside both. */
export async function pdfFault(
  bytes: Uint8Array,
): Promise<Extract<FileRefusal, "encrypted" | "active" | "broken"> | null> {
  const text = Buffer.from(bytes).toString("latin1");
  if (tellTale.test(unescaped(text))) return "active";
  const packed = packedObjects(bytes, text);
  if (packed === null) return "broken";
  if (packed.some((one) => [...active].some((name) => hasName(unescaped(one), name)))) return "active";
  let document: PDFDocument;
  let pages: number;
  try {
    document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
    pages = document.getPageCount();
  } catch (error) {
    return error instanceof EncryptedPDFError ? "encrypted" : "broken";
  }
  if (document.isEncrypted) return "encrypted";
  for (const [, object] of document.context.enumerateIndirectObjects()) if (isActive(object)) return "active";
  return pages === 0 ? "broken" : null;
}

function isActive(object: PDFObject): boolean {
  if (object instanceof PDFName) return active.has(object.decodeText());
  if (object instanceof PDFArray) return object.asArray().some(isActive);
  if (object instanceof PDFStream) return isActive(object.dict);
  if (object instanceof PDFDict)
    return object.entries().some(([key, value]) => active.has(key.decodeText()) || isActive(value));
  return false;
}

/**
 * The texts of all object streams in the bytes, those included that no table refers to: readers differ in which of two
 * objects of one number they take. Null when one cannot be unpacked.
 */
function packedObjects(bytes: Uint8Array, text: string): string[] | null {
  const all: string[] = [];
  for (const found of text.matchAll(/\bstream\r?\n/g)) {
    const head = text.slice(Math.max(0, found.index - 2000), found.index);
    const dict = unescaped(head.slice(head.lastIndexOf("obj") + 3));
    if (!hasName(dict, "ObjStm")) continue;
    const from = found.index + found[0].length;
    const end = text.indexOf("endstream", from);
    if (end < 0) return null;
    if (!hasName(dict, "Filter")) all.push(text.slice(from, end));
    else if (!hasName(dict, "FlateDecode")) return null;
    else {
      try {
        const plain = inflateSync(bytes.subarray(from, end), { maxOutputLength: largestObjects });
        all.push(plain.toString("latin1"));
      } catch {
        return null;
      }
    }
  }
  return all;
}

const hasName = (text: string, name: string): boolean => new RegExp(`/${name}(?![A-Za-z0-9])`).test(text);

/** Names with their escapes resolved: `/J#61vaScript` is `/JavaScript` (ISO 32000-1 §7.3.5). */
const unescaped = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
