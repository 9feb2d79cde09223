import { z } from "zod";
import { sha256 } from "../audit/event.ts";

/** Keys in force that one person may have: one per tool and machine, with room to change each. */
export const mostKeys = 10;

/** Days that a key may live. None lives for ever, so that a forgotten one ends by itself. */
export const keyDays = ["30", "90", "365"] as const;
export type KeyDays = (typeof keyDays)[number];

const nameRefusal = "Write what the key is for, in at most 60 characters.";

/** What a person says of a new key. Each message names the field's mend. */
export const keyInput = z.object({
  name: z
    .string(nameRefusal)
    .trim()
    .min(1, nameRefusal)
    .refine((text) => [...text].length <= 60, nameRefusal)
    .refine((text) => !/\p{Cc}/u.test(text), "Write the name without control characters."),
  days: z.enum(keyDays, `Choose ${keyDays.slice(0, -1).join(", ")} or ${keyDays.at(-1)} days.`),
});
export type KeyInput = z.infer<typeof keyInput>;

/** Random bytes of a secret: 256 bits cannot be guessed, so that one fast hash is enough and salt adds nothing. */
export const secretBytes = 32;

/** A secret as its owner keeps it. The prefix lets scanners of code find one that was committed by mistake. */
export function secretOf(bytes: Uint8Array): string {
  return `c7_${Buffer.from(bytes).toString("base64url")}`;
}

/** SHA-256 (hex) of a secret: all that is stored of it. */
export function secretHash(secret: string): string {
  return sha256(secret);
}

/** The secret in an Authorization header of the scheme Bearer (RFC 6750 §2.1), or null when there is none of ours. */
export function bearerSecret(header: string | null | undefined): string | null {
  return /^bearer +(c7_[\w-]{43})$/i.exec(header ?? "")?.[1] ?? null;
}

/** When a key ends by itself. */
export function expiryOf(days: KeyDays, now: Date): Date {
  return new Date(now.getTime() + Number(days) * 86_400_000);
}

/** Whether a key opens the door: neither revoked nor at its end. */
export function isInForce(key: { expiresAt: Date; revokedAt: Date | null }, now: Date): boolean {
  return key.revokedAt === null && key.expiresAt > now;
}
