import { createHmac, timingSafeEqual } from "node:crypto";
import { type Switch, switches } from "./notice.ts";

function signature(key: string, personId: string, by: Switch): Buffer {
  return createHmac("sha256", key).update(`switch-off\0${by}\0${personId}`).digest();
}

/** The token of a link that switches one kind of notice off for one person. It needs no sign-in and does nothing else. */
export function switchToken(key: string, personId: string, by: Switch): string {
  const who = Buffer.from(personId).toString("base64url");
  return `${by}.${who}.${signature(key, personId, by).toString("base64url")}`;
}

/** Whose notices a token switches off, and which; null for one that we did not sign. */
export function readSwitchToken(key: string, token: string): { personId: string; by: Switch } | null {
  const [name, who = "", sign = "", ...rest] = token.split(".");
  const by = switches.find((one) => one === name);
  if (!by || rest.length > 0) return null;
  const personId = Buffer.from(who, "base64url").toString();
  const given = Buffer.from(sign, "base64url");
  const own = signature(key, personId, by);
  return given.length === own.length && timingSafeEqual(given, own) ? { personId, by } : null;
}
