import { randomBytes } from "node:crypto";
import { sha256 } from "../audit/event.ts";

/*
 * Words that somebody writes about a person stay out of the audit log, which nothing can be taken out of. The event carries a
 * salted hash of them: while words and salt are kept beside what they are about, they can be shown to be those that were
 * written; once an erasure has taken both, the hash says nothing any more and the chain still holds.
 */

/** What ties words to an event, and the salt to keep with the words. */
export function bindWords(words: string): { salt: string; hash: string } {
  const salt = randomBytes(16).toString("hex");
  return { salt, hash: hashOfWords(salt, words) };
}

/** The hash of words under a salt. */
export const hashOfWords = (salt: string, words: string): string => sha256(`${salt}\0${words}`);
