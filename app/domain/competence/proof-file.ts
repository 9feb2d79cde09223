/** Kinds of files that are taken as proof. No office documents, pages or vector drawings: they can hold programs. */
export const proofTypes = ["application/pdf", "image/png", "image/jpeg"] as const;
export type ProofType = (typeof proofTypes)[number];

/** A scan of a diploma at print quality has 2 to 8 MB. */
export const largestProof = 10_000_000;

/** Looks for malware in bytes. Never throws for what the scanner or the network does. */
export type Scan = (bytes: Uint8Array) => Promise<{ ok: true } | { ok: false; found: string | null }>;

export type FileRefusal =
  "empty" | "too_large" | "type" | "encrypted" | "active" | "broken" | "malware" | "unscanned";
export const fileRefusalWords: Record<FileRefusal, string> = {
  empty: "The file is empty.",
  too_large: "The file has more than 10 MB. Send a smaller one.",
  type: "Send a PDF, PNG or JPEG file. Its content decides, not its name.",
  encrypted: "The PDF is protected by a password. Send it without one.",
  active: "The PDF holds scripts, programs or other files. Print it to a new PDF and send that.",
  broken: "The PDF cannot be read. Print it to a new PDF and send that.",
  malware: "The virus scanner found something in this file.",
  unscanned: "The virus scanner does not answer. Try again later.",
};

const magic: Record<ProofType, readonly number[]> = {
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "image/jpeg": [0xff, 0xd8, 0xff],
};

/** What a file is by its first bytes; null for what is not taken. */
export function proofType(bytes: Uint8Array): ProofType | null {
  return proofTypes.find((type) => magic[type].every((byte, i) => bytes[i] === byte)) ?? null;
}

/** Whether a file may be looked into at all: neither empty nor too large, and of a kind that is taken. */
export function decideProofFile(
  bytes: Uint8Array,
): { ok: true; type: ProofType } | { ok: false; reason: FileRefusal } {
  if (bytes.length === 0) return { ok: false, reason: "empty" };
  if (bytes.length > largestProof) return { ok: false, reason: "too_large" };
  const type = proofType(bytes);
  return type === null ? { ok: false, reason: "type" } : { ok: true, type };
}

/** A file's name for people to read: its last part, without control characters, and not too long. */
export function shownName(name: string, type: ProofType): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "").trim();
  const ending = { "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg" }[type];
  const stem =
    plain
      .replace(/\.[^.]*$/, "")
      .slice(0, 100)
      .trim() || "proof";
  return `${stem}.${ending}`;
}
