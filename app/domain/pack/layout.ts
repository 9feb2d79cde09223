/*
 * The container of a pack: a ZIP archive (PKWARE APPNOTE 6.3.10) whose every byte follows from the manifest, so that it can be
 * laid out again and compared. No ZIP64: an archive beyond its limits is refused, never cut.
 */

/** A file as it lies in the archive. */
export type Packed = {
  path: string;
  /** Of its content. */
  bytes: number;
  crc32: number;
  packedBytes: number;
  /** Deflated, or as it is. */
  deflated: boolean;
};

/** Sizes and offsets are 32 bits wide, and the number of files 16. */
const mostBytes = 0xffff_ffff;
const mostFiles = 0xffff;

/** Why files do not fit into one archive, in a sentence, or null. */
export function layoutFault(files: readonly Packed[]): string | null {
  const advice = "Ask for fewer departments or requirements, or a shorter time.";
  if (files.length >= mostFiles)
    return `The pack would hold ${files.length} files; an archive holds ${mostFiles - 1}. ${advice}`;
  const large = files.find((file) => file.bytes >= mostBytes);
  if (large) return `${large.path} would be larger than 4 GB. ${advice}`;
  const total = files.reduce((sum, file) => sum + file.packedBytes + 100 + 2 * file.path.length, 0);
  if (total >= mostBytes) return `The pack would be larger than 4 GB. ${advice}`;
  return null;
}

/** What stands before a file's content. */
export function localHeader(file: Packed, at: Date): Buffer {
  return Buffer.concat([Buffer.from("PK\u0003\u0004"), common(file, at), nameOf(file)]);
}

/** What stands at the end of an archive that holds these files, in this order. */
export function directory(files: readonly Packed[], at: Date): Buffer {
  const entries: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6); // an ordinary file on Unix, readable by all
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 3]); // by version 2.0 on Unix
    entries.push(Buffer.from("PK\u0001\u0002"), made, common(file, at), tail, nameOf(file));
    offset += 30 + nameOf(file).length + file.packedBytes;
  }
  const listing = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([listing, end]);
}

const nameOf = ({ path }: Packed): Buffer => Buffer.from(path, "utf8");

function common(file: Packed, at: Date): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0); // needs version 2.0
  header.writeUInt16LE(0x0800, 2); // names are UTF-8
  header.writeUInt16LE(file.deflated ? 8 : 0, 4);
  header.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6);
  header.writeUInt16LE(
    ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    8,
  );
  header.writeUInt32LE(file.crc32, 10);
  header.writeUInt32LE(file.packedBytes, 14);
  header.writeUInt32LE(file.bytes, 18);
  header.writeUInt16LE(nameOf(file).length, 22);
  return header;
}
