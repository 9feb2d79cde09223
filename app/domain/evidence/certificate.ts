import type { AuditEntry } from "../audit/event.ts";
import { lastDayUntil, localDay } from "../people/local-day.ts";

/** A certificate as issued; never changed afterwards. */
export type Certificate = {
  id: string;
  registration: string;
  personId: string;
  holderName: string;
  title: string;
  moduleVersionId: string;
  moduleVersion: string;
  scorePercent: number;
  issuedAt: Date;
  expiresAt: Date;
  code: string;
};

/** What anybody who checks a revoked certificate may know of why; the reason itself stays inside. */
export const revocationCategories = ["error", "conduct", "requirement", "other"] as const;
export type RevocationCategory = (typeof revocationCategories)[number];
export const revocationCategoryNames: Record<RevocationCategory, string> = {
  error: "Issued in error",
  conduct: "The assessment was not taken as it must be",
  requirement: "The holder no longer meets the requirements",
  other: "Another reason",
};

/** What the holder lets the public page of a certificate show, beyond that it is genuine and counts. */
export type CertificateDisplay = { showName: boolean; showScore: boolean };

/** Initials of a name, such as `Z. Ł.`: what a verifier sees of the holder who has agreed to no more. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word));
  return words.map((word) => `${[...word][0]?.toUpperCase() ?? ""}.`).join(" ");
}

export type CertificateStatus = "valid" | "expired" | "revoked";

/** Whether a certificate counts at a moment. A revocation outlives the expiry: it is what a verifier must know. */
export function certificateStatus(
  certificate: { expiresAt: Date; revokedAt: Date | null },
  now: Date,
): CertificateStatus {
  if (certificate.revokedAt !== null && certificate.revokedAt <= now) return "revoked";
  return certificate.expiresAt <= now ? "expired" : "valid";
}

// Crockford's base 32: no letter that is easily misread, so a code can be typed from paper.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codeLength = 20;
/** Random bytes a code needs: 100 bits, out of reach of guessing over the network. */
export const codeBytes = 13;

/** The code of the verification page, such as `7K3M-Q0ZT-9WXA-B2CD-EFGH`, from at least {@link codeBytes} random bytes. */
export function certificateCode(random: Uint8Array): string {
  if (random.length < codeBytes) throw new Error(`a code needs ${codeBytes} random bytes`);
  let bits = 0n;
  for (const byte of random.subarray(0, codeBytes)) bits = (bits << 8n) | BigInt(byte);
  let code = "";
  for (let i = 0; i < codeLength; i++) {
    code += letters[Number(bits & 31n)];
    bits >>= 5n;
  }
  return grouped(code);
}

/** A code as typed by a person, brought to the form it is stored in; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return plain.length === codeLength && [...plain].every((c) => letters.includes(c)) ? grouped(plain) : null;
}

function grouped(code: string): string {
  return code.match(/.{4}/g)?.join("-") ?? code;
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** The line that tells from when until when the competence counts, as printed: in days of where the holder is. */
export function validityText(of: { issuedAt: Date; expiresAt: Date }, timeZone: string): string {
  const issued = day.format(new Date(localDay(of.issuedAt, timeZone)));
  return `Issued on ${issued}, valid until ${day.format(new Date(lastDayUntil(of.expiresAt, timeZone)))}`;
}

/** The audit event of an issue, for the transaction that issues it. */
export function issuedEvent(certificate: Certificate): AuditEntry {
  const { id, personId, registration, expiresAt } = certificate;
  return {
    type: "certificate.issued",
    subjectType: "certificate",
    subjectId: id,
    data: { personId, registration, expiresAt: expiresAt.toISOString() },
  };
}
