import type { Scope } from "#app/domain/lrs/credential.ts";

/** What each scope lets a client do, for who has to choose. */
export const scopeTexts: Record<Scope, string> = {
  "statements/write": "Store statements. What most courses and tools need.",
  "statements/read/mine": "Read the statements that it stored itself, and no others.",
  "statements/read":
    "Read all statements, those of the product and of other clients too, with the keys of answered questions.",
  state: "Keep and read where people are in a course, such as a bookmark.",
  profile: "Keep and read documents about activities and about people.",
  all: "Everything above.",
};
