import type { Scope } from "#app/domain/lrs/credential.ts";
import { msg } from "#app/i18n/translate.ts";

/** What each scope lets a client do, for who has to choose. */
export const scopeTexts: Record<Scope, string> = {
  "statements/write": msg("Store statements. What most courses and tools need."),
  "statements/read/mine": msg("Read the statements that it stored itself, and no others."),
  "statements/read": msg(
    "Read all statements, those of the product and of other clients too, with the keys of answered questions.",
  ),
  state: msg("Keep and read where people are in a course, such as a bookmark."),
  profile: msg("Keep and read documents about activities and about people."),
  all: msg("Everything above."),
};
