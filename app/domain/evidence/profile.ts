import { type Concept, concepts, type LanguageMap } from "./profile-concept.ts";
import { type Pattern, patterns } from "./profile-pattern.ts";
import { type StatementTemplate, templates } from "./profile-template.ts";
import { profile, profileVersion } from "./statement.ts";

/** An xAPI profile as JSON-LD (xAPI Profiles part 2 §6.0). */
export type Profile = {
  "@context": "https://w3id.org/xapi/profiles/context";
  id: string;
  type: "Profile";
  conformsTo: "https://w3id.org/xapi/profiles#1.0";
  prefLabel: LanguageMap;
  definition: LanguageMap;
  /** Newest first. */
  versions: { id: string; generatedAtTime: string; wasRevisionOf?: string[] }[];
  author: { type: "Organization"; name: string };
  concepts: Concept[];
  templates: StatementTemplate[];
  patterns: Pattern[];
};

/**
 * Our profile: the words, statements and orders of statements by which this product writes evidence. A published version
 * stays as it is; a change is a new version, with new ids for the templates and patterns that change (part 2 §8.0, §9.0).
 */
export const profileDocument: Profile = {
  "@context": "https://w3id.org/xapi/profiles/context",
  id: profile,
  type: "Profile",
  conformsTo: "https://w3id.org/xapi/profiles#1.0",
  prefLabel: { en: "Clause7: competence, awareness and responsible use of AI" },
  definition: {
    en: "How the learning management system Clause7 records learning, assessment, acknowledgement of policies, questions about uses of AI, their flags, cases and decisions, and evaluations of effectiveness. Learning statements also follow cmi5 where it defines their verbs.",
  },
  versions: [{ id: profileVersion, generatedAtTime: "2026-11-24T00:00:00Z" }],
  author: { type: "Organization", name: "Clause7" },
  concepts,
  templates,
  patterns,
};
