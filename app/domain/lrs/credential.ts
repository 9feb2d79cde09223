import { z } from "zod";
import { sha256 } from "../audit/event.ts";

/** What a client of the LRS may do (xAPI 1.0.3 part 3 §4.2 names these scopes). */
export const scopes = [
  "statements/write",
  "statements/read/mine",
  "statements/read",
  "state",
  "profile",
  "all",
] as const;

export type Scope = (typeof scopes)[number];

/** A client whose credential was checked. `authority` is what its statements name as theirs. */
export type LrsClient = {
  credentialId: string;
  name: string;
  scopes: readonly Scope[];
  authority: { objectType: "Agent"; name: string; account: { homePage: string; name: string } };
  /** Requests a minute; null: no limit. */
  ratePerMinute: number | null;
  bodyLimitBytes: number;
};

/** Whether a client may do what the scope names: itself, `all`, or reading one's own where all may be read. */
export function permits(client: Pick<LrsClient, "scopes">, scope: Scope): boolean {
  return (
    client.scopes.includes("all") ||
    client.scopes.includes(scope) ||
    (scope === "statements/read/mine" && client.scopes.includes("statements/read"))
  );
}

/** Ten mebibytes: several thousand statements, or one with a document attached. */
export const defaultBodyLimit = 10_485_760;

const name = z
  .string("Give the client a name.")
  .trim()
  .min(1, "Give the client a name.")
  .refine((text) => [...text].length <= 100, "Write at most 100 characters as the name.")
  .refine((text) => !hasControls(text), "Write the name without control characters.");

/** One or several, from a form, the terminal or JSON; kept in the order of {@link scopes}, each once. */
const scopesGiven = z
  .preprocess(
    (given) => (typeof given === "string" ? [given] : (given ?? [])),
    z.array(z.enum(scopes, `Choose the scopes from: ${scopes.join(", ")}.`), "Choose at least one scope."),
  )
  .refine((given) => given.length > 0, "Choose at least one scope.")
  .transform((given) => scopes.filter((scope) => given.includes(scope)));

const rateRefusal = "Write a whole number of requests from 1 to 1000000, or nothing for no limit.";
const bodyRefusal = "Write a whole number of bytes from 1000 to 100000000, or nothing for 10485760.";

/** A limit as it is typed or as a number; nothing is null. */
function amount(from: number, to: number, refusal: string) {
  return z.preprocess((given) => {
    if (given === undefined || (typeof given === "string" && given.trim() === "")) return null;
    return typeof given === "string" && /^\s*\d+\s*$/.test(given) ? Number(given) : given;
  }, z.int(refusal).min(from, refusal).max(to, refusal).nullable());
}

/** What an administrator says of a new client. Each message names the field's mend. */
export const credentialInput = z.object({
  name,
  scopes: scopesGiven,
  ratePerMinute: amount(1, 1_000_000, rateRefusal),
  bodyLimitBytes: amount(1_000, 100_000_000, bodyRefusal).transform((bytes) => bytes ?? defaultBodyLimit),
});

export type CredentialInput = z.infer<typeof credentialInput>;

/**
 * User name and password of Basic authentication (RFC 7617, in UTF-8): the name ends at the first colon. Null for another
 * scheme, for what is not base64 or not UTF-8, without a colon, and with control characters, which §2 forbids.
 */
export function parseBasic(header: string | null | undefined): { key: string; secret: string } | null {
  const token = /^basic +([a-z0-9+/]+={0,2})$/i.exec(header ?? "")?.[1];
  if (token === undefined) return null;
  const bytes = Buffer.from(token, "base64");
  // Node skips what it cannot read; only what was read whole comes out the same.
  if (bytes.toString("base64") !== token) return null;
  const text = bytes.toString("utf8");
  if (!Buffer.from(text).equals(bytes) || hasControls(text)) return null;
  const colon = text.indexOf(":");
  return colon < 0 ? null : { key: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** What is stored of a secret. A secret is 256 random bits, so that one fast hash is enough and salt adds nothing. */
export function secretHash(secret: string): string {
  return sha256(secret);
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
