import { crc32, deflateRawSync } from "node:zlib";

export type ZipEntry = { path: string; text: string };

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10) of UTF-8 texts, deflated, all dated `at` (in UTC). Meant for a few small files: no
 * ZIP64, so less than 65,535 of them and 4 GB. The same entries give the same bytes.
 */
export function zipOf(entries: readonly ZipEntry[], at: Date): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, text } of entries) {
    const name = Buffer.from(path, "utf8");
    const plain = Buffer.from(text, "utf8");
    const packed = deflateRawSync(plain);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // needs version 2.0
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(8, 4); // deflated
    common.writeUInt16LE(timeOf(at), 6);
    common.writeUInt16LE(dateOf(at), 8);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6); // an ordinary file on Unix, readable by all
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 3]); // by version 2.0 on Unix
    directory.push(Buffer.from("PK\u0001\u0002"), made, common, tail, name);
    parts.push(Buffer.from("PK\u0003\u0004"), common, name, packed);
    offset += 4 + common.length + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, listing, end]));
}

/** MS-DOS time: hours, minutes and pairs of seconds. */
function timeOf(at: Date): number {
  return (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
}

/** MS-DOS date: years since 1980, month and day. */
function dateOf(at: Date): number {
  return ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
}
