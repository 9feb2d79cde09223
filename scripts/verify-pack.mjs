// Checks an audit pack of Clause7, offline, with Node 20 or newer and nothing else:
//   node verify.mjs pack.zip [--key-fingerprint HEX]
// The whole archive follows from its manifest, and the manifest is signed: no byte can be changed without being named here.
// A copy of this program lies in every pack. Take it from elsewhere if you do not trust the pack.
import { createHash, createPublicKey, verify } from "node:crypto";
import { closeSync, createReadStream, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { crc32, createInflateRaw } from "node:zlib";

/** A fault that ends the check: a sentence that names what was changed. */
class Fault extends Error {}

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
const grouped = (hex) => hex.replace(/(.{4})(?=.)/g, "$1 ");
const theDirectory = "The directory at the end of the archive was changed.";

/**
 * Checks a pack. Answers whether all holds, and sentences on what is proven, what is not, and what was changed.
 * @param {string} path
 * @param {{ fingerprint?: string | null }} options `fingerprint` is that of the key it must be signed with, if it is known.
 */
export async function verifyPack(path, { fingerprint = null } = {}) {
  const lines = [];
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    const { manifest, entries } = manifestOf(file, size);
    lines.push(...aboutManifest(manifest, fingerprint));
    layout(file, size, entries, manifest);
    for (const entry of entries) await checkContent(path, entry);
    lines.unshift(
      `The pack is whole: ${count(entries.length, "file")}, each byte as it was signed at ${manifest.madeAt}.`,
    );
    lines.push(...(await checkEvidence(path, entries, manifest)));
    lines.push(...(await checkSamples(path, entries)));
    return { ok: true, lines: [...lines, ...notProven(fingerprint)] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, lines: [...lines, `FAULT: ${error.message}`, "Nothing after this was looked at."] };
  } finally {
    closeSync(file);
  }
}

// The container

function bytesAt(file, offset, length) {
  const buffer = Buffer.alloc(length);
  const read = length > 0 ? readSync(file, buffer, 0, length, offset) : 0;
  return buffer.subarray(0, read);
}

/** Finds the manifest and its signature, the last two files of the archive, and lists all files that the manifest names. */
function manifestOf(file, size) {
  const end = bytesAt(file, Math.max(0, size - 22), 22);
  if (end.length < 22 || end.readUInt32LE(0) !== 0x06054b50)
    throw new Fault(`${theDirectory} Or this is no ZIP archive, or its end was cut off.`);
  const [length, start] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  if (start + length + 22 !== size) throw new Fault(theDirectory);
  const all = bytesAt(file, start, length);
  const listed = [];
  for (let at = 0; at < all.length;) {
    if (at + 46 > all.length || all.readUInt32LE(at) !== 0x02014b50) throw new Fault(theDirectory);
    const nameLength = all.readUInt16LE(at + 28);
    const path = all.toString("utf8", at + 46, at + 46 + nameLength);
    listed.push({ path, bytes: all.readUInt32LE(at + 24), offset: all.readUInt32LE(at + 42) });
    at += 46 + nameLength;
  }
  const [manifestEntry, signatureEntry] = [listed.at(-2), listed.at(-1)];
  if (manifestEntry?.path !== "manifest.json" || signatureEntry?.path !== "manifest.sig")
    throw new Fault(`${theDirectory} It does not end with manifest.json and manifest.sig.`);
  const contentOf = ({ path, bytes, offset }, until) => {
    if (offset + 30 + path.length + bytes !== until) throw new Fault(theDirectory);
    return bytesAt(file, offset + 30 + path.length, bytes);
  };
  const signature = contentOf(signatureEntry, start);
  const text = contentOf(manifestEntry, signatureEntry.offset);
  let manifest;
  try {
    manifest = JSON.parse(text.toString("utf8"));
  } catch {
    throw new Fault("manifest.json was changed: it is no JSON.");
  }
  checkSignature(manifest, text, signature.toString("latin1"));
  if (manifest.kind !== "clause7-pack") throw new Fault("This is no audit pack.");
  if (manifest.version !== 1)
    throw new Fault(`This pack is of version ${manifest.version}, which is not known here.`);
  const stored = (path, content) => ({
    path,
    bytes: content.length,
    packedBytes: content.length,
    crc32: crc32(content),
    sha256: sha256(content),
    packedSha256: sha256(content),
    stored: true,
  });
  const entries = [...manifest.files, stored("manifest.json", text), stored("manifest.sig", signature)];
  let offset = 0;
  for (const entry of entries) {
    entry.start = offset;
    entry.content = offset + 30 + Buffer.byteLength(entry.path);
    offset = entry.content + entry.packedBytes;
  }
  return { manifest, entries };
}

/** Compares every byte that is not the content of a file with what the manifest makes it. */
function layout(file, size, entries, manifest) {
  const at = new Date(manifest.madeAt);
  const directory = [];
  for (const entry of entries) {
    const name = Buffer.from(entry.path, "utf8");
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(0x0800, 2);
    header.writeUInt16LE(entry.stored ? 0 : 8, 4);
    header.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6);
    const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
    header.writeUInt16LE(day, 8);
    header.writeUInt32LE(entry.crc32, 10);
    header.writeUInt32LE(entry.packedBytes, 14);
    header.writeUInt32LE(entry.bytes, 18);
    header.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), header, name]);
    if (!bytesAt(file, entry.start, local.length).equals(local))
      throw new Fault(
        `${entry.path} was changed: its header in the archive is not the one it was packed with.`,
      );
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    tail.writeUInt32LE(entry.start, 10);
    directory.push(Buffer.from("PK\u0001\u0002"), Buffer.from([20, 3]), header, tail, name);
  }
  const last = entries.at(-1);
  const start = last.content + last.packedBytes;
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(start, 16);
  const due = Buffer.concat([listing, end]);
  if (size !== start + due.length || !bytesAt(file, start, due.length).equals(due))
    throw new Fault(theDirectory);
}

/** Compares a file, packed and unpacked, with its hashes. */
async function checkContent(path, entry) {
  const changed = new Fault(`${entry.path} was changed: it is not what the manifest says.`);
  const [packed, plain] = [createHash("sha256"), createHash("sha256")];
  const sums = { crc: 0, bytes: 0 };
  const compare = () => {
    if (packed.digest("hex") !== entry.packedSha256) throw changed;
  };
  if (entry.packedBytes === 0) throw changed;
  const source = rangeOf(path, entry);
  await pipeline(source, async (chunks) => {
    for await (const chunk of chunks) packed.update(chunk);
  });
  compare();
  try {
    await pipeline(contentOf(path, entry), async (chunks) => {
      for await (const chunk of chunks) {
        plain.update(chunk);
        sums.crc = crc32(chunk, sums.crc);
        sums.bytes += chunk.length;
      }
    });
  } catch {
    throw changed;
  }
  if (plain.digest("hex") !== entry.sha256 || sums.crc !== entry.crc32 || sums.bytes !== entry.bytes)
    throw changed;
}

const rangeOf = (path, { content, packedBytes }) =>
  createReadStream(path, { start: content, end: content + packedBytes - 1 });

function contentOf(path, entry) {
  const packed = rangeOf(path, entry);
  if (entry.stored) return packed;
  const inflated = packed.pipe(createInflateRaw());
  packed.on("error", (error) => inflated.destroy(error));
  return inflated;
}

async function textOf(path, entry) {
  const chunks = [];
  for await (const chunk of contentOf(path, entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

// Who made it

function checkSignature(manifest, text, signature) {
  const [hash, signed] = [signature.slice(0, 64), signature.slice(65, 193)];
  const keyId = keyIdOf(manifest?.publicKey);
  const holds = (of) =>
    keyId !== null &&
    keyId === manifest.keyId &&
    /^[0-9a-f]{128}$/.test(signed) &&
    verify(null, Buffer.from(`clause7-pack-1\n${of}\n`), manifest.publicKey, Buffer.from(signed, "hex"));
  const own = sha256(text);
  if (hash !== own)
    throw new Fault(
      holds(own)
        ? "manifest.sig was changed: its hash is not that of manifest.json."
        : "manifest.json was changed: its hash is not the one that was signed.",
    );
  if (signature !== `${hash}\n${signed}\n` || !holds(own))
    throw new Fault("manifest.sig was changed: the signature does not fit manifest.json.");
}

function aboutManifest(manifest, fingerprint) {
  const { keyId } = manifest;
  const asked = fingerprint?.toLowerCase().replace(/[^0-9a-f]/g, "");
  if (asked && asked !== keyId)
    throw new Fault(`The pack is signed with the key ${grouped(keyId)}, not with the one you named.`);
  const { scope, organisation, madeBy } = manifest;
  const departments = scope.departments === null ? "all departments" : scope.departments.join(", ");
  const requirements = scope.requirements === null ? "all requirements" : scope.requirements.join(", ");
  return [
    `It is signed with the key ${grouped(keyId)}${asked ? ", which you named" : ""}.`,
    `It was made by Clause7 of ${organisation} for ${madeBy.name}: ${departments}; ${requirements}; ${scope.from} to ${scope.until}, as known at ${scope.asAt}; ${count(manifest.people, "person", "people")}.`,
  ];
}

function keyIdOf(publicKey) {
  try {
    const key = createPublicKey(publicKey);
    return key.asymmetricKeyType === "ed25519" ? sha256(key.export({ type: "spki", format: "der" })) : null;
  } catch {
    return null;
  }
}

// The evidence: RFC 9162 Merkle trees, sealed and signed, and the hash chain of audit events

const leafHash = (data) =>
  createHash("sha256")
    .update(Buffer.from([0]))
    .update(data)
    .digest();
const nodeHash = (left, right) =>
  createHash("sha256")
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest();

function merkleTree() {
  let size = 0;
  const peaks = [];
  return {
    add(leaf) {
      let node = leaf;
      for (let full = size; full % 2 === 1; full = Math.floor(full / 2)) node = nodeHash(peaks.pop(), node);
      peaks.push(node);
      size += 1;
    },
    size: () => size,
    root: () => peaks.reduceRight((right, left) => nodeHash(left, right)),
  };
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`;
}

async function checkEvidence(path, entries, manifest) {
  const find = (name) => entries.find((entry) => entry.path === name);
  const keys = new Map();
  const pem = find("evidence/public-keys.pem");
  const blocks = pem
    ? (await textOf(path, pem)).match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----\n/g)
    : [];
  for (const key of blocks ?? []) keys.set(keyIdOf(key), key);
  const names = find("evidence/pseudonyms.txt");
  const pseudonyms = new Set(names ? (await textOf(path, names)).split("\n") : []);
  const check = evidenceCheck(keys, pseudonyms, manifest.baseIri);
  for (const entry of entries.filter((one) => /^evidence\/sealed-\d+\.jsonl$/.test(one.path))) {
    let number = 0;
    for await (const line of createInterface({ input: contentOf(path, entry), crlfDelay: Infinity })) {
      number += 1;
      check.take(JSON.parse(line), `${entry.path} line ${number}`);
    }
  }
  return check.report(manifest.lastSeal);
}

function evidenceCheck(keys, pseudonyms, baseIri) {
  const counts = { statements: 0, events: 0, hidden: 0, withheld: 0, seals: 0, checked: 0 };
  let tree = merkleTree();
  let lastSeal = { number: 0, hash: "0".repeat(64) };
  let lastEvent = { seq: 0, hash: "0".repeat(64) };
  let at = null;
  const takers = {
    statement(line, where) {
      counts.statements += 1;
      tree.add(leafHash(`statement ${line.seq} ${line.id} ${line.body}`));
      const { actor } = JSON.parse(line.body);
      if (actor?.account?.homePage !== baseIri) return;
      if (!pseudonyms.has(actor.account.name))
        throw new Fault(`${where}: the statement names a pseudonym that is not among those in scope.`);
    },
    leaf(line) {
      counts.hidden += 1;
      if (line.withheld) counts.withheld += 1;
      tree.add(Buffer.from(line.hash, "hex"));
    },
    event({ kind: _kind, ...line }, where) {
      counts.events += 1;
      const { hash, ...fields } = line;
      if (sha256(canonical(fields)) !== hash)
        throw new Fault(`${where}: audit event ${line.seq} was changed.`);
      takeLink(line, line.prevHash, where);
    },
    link(line, where) {
      counts.hidden += 1;
      takeLink(line, null, where);
    },
    seal(line, where) {
      const { kind: _kind, entries, hash, signature, ...fields } = line;
      counts.seals += 1;
      if (sha256(canonical(fields)) !== hash) throw new Fault(`${where}: seal ${line.number} was changed.`);
      const key = keys.get(line.keyId);
      if (!key || !verify(null, Buffer.from(hash, "hex"), key, Buffer.from(signature, "hex")))
        throw new Fault(`${where}: the signature of seal ${line.number} does not fit.`);
      if (line.number !== lastSeal.number + 1 || line.prevHash !== lastSeal.hash)
        throw new Fault(`${where}: seal ${line.number} does not follow the seal before it.`);
      if (entries) {
        counts.checked += 1;
        if (tree.size() !== line.size || tree.root().toString("hex") !== line.root)
          throw new Fault(`${where}: seal ${line.number} does not fit what it covers.`);
      } else if (tree.size() > 0) throw new Fault(`${where}: seal ${line.number} covers nothing here.`);
      tree = merkleTree();
      lastSeal = line;
      at = line.at;
    },
  };
  function takeLink({ seq, hash }, prevHash, where) {
    if (prevHash !== null && lastEvent.seq === seq - 1 && prevHash !== lastEvent.hash)
      throw new Fault(`${where}: audit event ${seq} does not follow the event before it.`);
    lastEvent = { seq, hash };
    tree.add(leafHash(`event ${seq} ${hash}`));
  }
  return {
    take(line, where) {
      const take = Object.hasOwn(takers, line.kind) ? takers[line.kind] : null;
      if (!take) throw new Fault(`${where} is no line of evidence.`);
      take(line, where);
    },
    report(last) {
      if (tree.size() > 0) throw new Fault("The evidence does not end with a seal.");
      if ((last?.number ?? 0) !== lastSeal.number || (last && last.hash !== lastSeal.hash))
        throw new Fault("The evidence does not end with the seal that the manifest names.");
      if (counts.seals === 0) return ["There is no seal in it: of statements nothing is proven."];
      const { statements, events, hidden, withheld, seals, checked } = counts;
      return [
        `${count(seals, "seal")}, the last made at ${at}, follow one another without a gap, and each is signed.`,
        `${count(statements, "statement")} and ${count(events, "audit event")} stand in it as they were when ${count(checked, "seal")} over them ${checked === 1 ? "was" : "were"} made: their Merkle roots were computed again.`,
        `${count(hidden, "further entry", "further entries")} under these seals ${hidden === 1 ? "is" : "are"} outside the scope and known here by hash alone${withheld > 0 ? `; ${withheld} of them hold right answers` : ""}.`,
        ...(statements > 0 ? ["Every statement of the product names one of the pseudonyms in scope."] : []),
      ];
    },
  };
}

// The samples

async function checkSamples(path, entries) {
  const samples = entries.filter((entry) => /^samples\/sample-\d+\.json$/.test(entry.path));
  for (const entry of samples) {
    const draw = JSON.parse(await textOf(path, entry));
    const file = entries.find((one) => one.path === draw.populationFile);
    const text = file ? await textOf(path, file) : "";
    if (sha256(text) !== draw.populationHash)
      throw new Fault(`${entry.path}: the population is not the one of the draw.`);
    if (draw.algorithm !== "clause7-sample-1")
      throw new Fault(`${entry.path}: it was drawn in a way that is not known here.`);
    const ranked = text
      .split("\n")
      .filter(Boolean)
      .map((one) => ({ one, rank: sha256(`${draw.algorithm}\n${draw.seed}\n${one}`) }))
      .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
    const picked = ranked.slice(0, draw.size).map(({ one }) => one);
    if (picked.join() !== draw.picked.join())
      throw new Fault(`${entry.path}: drawn again with its seed, the sample is another.`);
  }
  if (samples.length === 0) return [];
  return [`${count(samples.length, "random sample")} came out the same when drawn again with its seed.`];
}

function notProven(fingerprint) {
  return [
    ...(fingerprint
      ? []
      : [
          "NOT PROVEN: whose key it is. Compare its fingerprint with one you got by another way, and name it with --key-fingerprint.",
        ]),
    "NOT PROVEN: that nothing was left out before it was recorded, that what was recorded is true, or that the clock was right. Tables and pages were made from the database when the pack was made; statements, events and seals alone were fixed before.",
  ];
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "key-fingerprint": { type: "string" } },
  });
  if (positionals.length !== 1) {
    console.error("Name one pack: node verify.mjs pack.zip [--key-fingerprint HEX]");
    process.exitCode = 2;
    return;
  }
  const { ok, lines } = await verifyPack(positionals[0], { fingerprint: values["key-fingerprint"] ?? null });
  console.log(lines.join("\n"));
  process.exitCode = ok ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
