import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "#app/domain/evidence/profile.ts";
import type { Pattern } from "#app/domain/evidence/profile-pattern.ts";
import { pathsOf } from "./profile-template.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/xapi-profile.schema.json"), "utf8"),
) as object;

const ajv = new Ajv2020({ allErrors: true, strictTypes: false, allowMatchingProperties: true });
addFormats.default(ajv);
// ajv-formats knows URIs only. RFC 3987: a scheme, then anything but space and the delimiters that no IRI holds.
ajv.addFormat("iri", /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i);
const validate = ajv.compile(schema);

/** What a document breaks of the tables of xAPI Profiles part 2. */
export function schemaFaults(document: unknown): string[] {
  return validate(document) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

/** What a document that fits the schema breaks of the demands across its objects (xAPI Profiles part 2 §6.1 to §9.0). */
export function referenceFaults(profile: Profile): string[] {
  return [
    ...versionFaults(profile),
    ...identityFaults(profile),
    ...conceptFaults(profile),
    ...templateFaults(profile),
    ...patternFaults(profile),
  ];
}

function versionFaults({ versions }: Profile): string[] {
  const order = versions.map((v) => Date.parse(v.generatedAtTime));
  const sorted = order.every((time, i) => i === 0 || time < (order[i - 1] ?? 0));
  return [
    ...(sorted ? [] : ["versions are not sorted from the newest to the oldest"]),
    ...versions
      .slice(0, -1)
      .filter((v) => v.wasRevisionOf === undefined)
      .map((v) => `${v.id} does not say what it revises`),
  ];
}

const membersOf = ({ concepts, templates, patterns }: Profile) => [...concepts, ...templates, ...patterns];

function identityFaults(profile: Profile): string[] {
  const members = membersOf(profile);
  const ids = [profile.id, ...profile.versions.map((v) => v.id), ...members.map((m) => m.id)];
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is used twice`),
    ...members
      .filter((m) => m.inScheme !== profile.versions[0]?.id)
      .map((m) => `${m.id} is not in the current version`),
    ...[profile, ...members]
      .filter((m) => !m.prefLabel.en || !m.definition.en)
      .map((m) => `${m.id} is not described in English`),
  ];
}

/** IRIs under the profile's prefix must be its own; others belong to somebody else. */
function unknown(profile: Profile, ids: readonly string[], known: readonly { id: string }[]): string[] {
  return ids
    .filter((id) => id.startsWith(`${profile.id}/`) && !known.some((one) => one.id === id))
    .map((id) => `${id} is nowhere defined`);
}

function conceptFaults(profile: Profile): string[] {
  const ofType = (type: string) => profile.concepts.filter((c) => c.type === type);
  return profile.concepts.flatMap((concept) => {
    if (!("inlineSchema" in concept)) return unknown(profile, concept.broadMatch ?? [], []);
    return [
      ...unknown(profile, concept.recommendedVerbs ?? [], ofType("Verb")),
      ...unknown(profile, concept.recommendedActivityTypes ?? [], ofType("ActivityType")),
      ...inlineSchemaFaults(concept.id, concept.inlineSchema),
    ];
  });
}

function inlineSchemaFaults(id: string, text: string): string[] {
  try {
    new Ajv({ strict: true }).compile(JSON.parse(text));
    return [];
  } catch (error) {
    return [`${id} has a schema that does not compile: ${String(error)}`];
  }
}

function templateFaults(profile: Profile): string[] {
  const { concepts, templates, versions } = profile;
  const ofType = (type: string) => concepts.filter((c) => c.type === type);
  const kinds = templates.map((t) => `${t.verb} ${t.objectActivityType}`);
  return templates.flatMap((template, i) => [
    ...unknown(profile, [template.verb], ofType("Verb")),
    ...unknown(profile, [template.objectActivityType], ofType("ActivityType")),
    ...(kinds.indexOf(kinds[i] ?? "") === i ? [] : [`${template.id} is determined as another template is`]),
    ...template.rules.flatMap(({ location, selector, any, all, none }) => [
      ...[location, ...(selector ? [selector] : [])].flatMap((path) => pathFaults(template.id, path)),
      ...unknown(
        profile,
        [...location.matchAll(/'([^']*)'/g)].map((m) => m[1] ?? ""),
        concepts,
      ),
      ...unknown(
        profile,
        [any, all, none].flat().filter((v) => typeof v === "string"),
        [...concepts, ...versions],
      ),
    ]),
  ]);
}

function pathFaults(id: string, path: string): string[] {
  try {
    pathsOf(path);
    return [];
  } catch (error) {
    return [`${id}: ${String(error)}`];
  }
}

/** The members of a pattern. */
function within(pattern: Pattern): string[] {
  if ("sequence" in pattern) return pattern.sequence;
  if ("alternates" in pattern) return pattern.alternates;
  if ("optional" in pattern) return [pattern.optional];
  return ["oneOrMore" in pattern ? pattern.oneOrMore : pattern.zeroOrMore];
}

function patternFaults(profile: Profile): string[] {
  const { patterns, templates } = profile;
  const byId = new Map(patterns.map((p) => [p.id, p]));
  const reach = (id: string, seen: readonly string[] = []): string[] => {
    const pattern = byId.get(id);
    if (!pattern || seen.includes(id)) return [id];
    return [id, ...within(pattern).flatMap((member) => reach(member, [...seen, id]))];
  };
  const reached = new Set(patterns.filter((p) => p.primary).flatMap((p) => reach(p.id)));
  const used = new Set(patterns.flatMap(within));
  return [
    ...patterns.flatMap((p) => unknown(profile, within(p), [...patterns, ...templates])),
    ...patterns
      .filter((p) => within(p).some((member) => reach(member).includes(p.id)))
      .map((p) => `${p.id} is within itself`),
    ...patterns
      .filter((p) => "alternates" in p && p.alternates.some((m) => isSkippable(byId.get(m))))
      .map((p) => `${p.id} has a member that may be absent among its alternates`),
    ...patterns
      .filter(
        (p) =>
          "sequence" in p &&
          p.sequence.length === 1 &&
          !(p.primary && !used.has(p.id) && !byId.has(p.sequence[0] ?? "")),
      )
      .map((p) => `${p.id} is a sequence of one`),
    ...[...patterns, ...templates]
      .filter((one) => !reached.has(one.id))
      .map((one) => `${one.id} is part of no primary pattern`),
  ];
}

const isSkippable = (pattern: Pattern | undefined): boolean =>
  pattern !== undefined && ("optional" in pattern || "zeroOrMore" in pattern);
