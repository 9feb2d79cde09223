import { createHash } from "node:crypto";

/** Our xAPI profile: prefix of the verbs, activity types and extensions that no shared vocabulary names. */
export const profile = "https://w3id.org/clause7/xapi";
/** The version of it that our statements follow and say so in their category (xAPI Profiles part 2 §5.0). */
export const profileVersion = `${profile}/v1.0`;
const adl = "http://adlnet.gov/expapi";
/** cmi5's namespace. */
export const cmi5 = "https://w3id.org/xapi/cmi5";

/** Every verb this product writes: ADL's where one fits (cmi5 §9.3), else our profile's. */
export const verbs = {
  initialized: `${adl}/verbs/initialized`,
  progressed: `${adl}/verbs/progressed`,
  answered: `${adl}/verbs/answered`,
  scored: `${adl}/verbs/scored`,
  passed: `${adl}/verbs/passed`,
  failed: `${adl}/verbs/failed`,
  completed: `${adl}/verbs/completed`,
  acknowledged: `${profile}/verbs/acknowledged`,
  asked: `${adl}/verbs/asked`,
  flagged: `${profile}/verbs/flagged`,
  opened: `${profile}/verbs/opened`,
  queried: `${profile}/verbs/queried`,
  supplemented: `${profile}/verbs/supplemented`,
  rated: `${profile}/verbs/rated`,
  decided: `${profile}/verbs/decided`,
  recognised: `${profile}/verbs/recognised`,
  fixed: `${profile}/verbs/fixed`,
  evaluated: `${profile}/verbs/evaluated`,
  concluded: `${profile}/verbs/concluded`,
} as const;
export type VerbName = keyof typeof verbs;

/** Activity types of the objects we write about. */
export const activityTypes = {
  module: `${adl}/activities/module`,
  lesson: `${adl}/activities/lesson`,
  interaction: `${adl}/activities/cmi.interaction`,
  policy: `${profile}/activity-types/policy-version`,
  question: `${profile}/activity-types/question`,
  case: `${profile}/activity-types/case`,
  requirement: `${profile}/activity-types/requirement`,
  evaluation: `${profile}/activity-types/evaluation`,
} as const;

export type Activity = { objectType: "Activity"; id: string; definition?: Record<string, unknown> };

/** An xAPI statement of our profile (IEEE 9274.1.1 / xAPI 1.0.3 §2.4), as this product writes it. */
export type Statement = {
  id: string;
  actor: { objectType: "Agent"; account: { homePage: string; name: string } };
  verb: { id: string; display: Record<string, string> };
  object: { objectType: "Activity"; id: string; definition: Record<string, unknown> };
  result?: {
    score?: { scaled: number; raw?: number; min?: number; max?: number };
    success?: boolean;
    completion?: boolean;
    response?: string;
    duration?: string;
    extensions?: Record<string, unknown>;
  };
  context?: {
    registration?: string;
    contextActivities?: Record<string, Activity[]>;
    platform?: string;
    language?: string;
    extensions?: Record<string, unknown>;
  };
  timestamp: string;
  version?: string;
};

/** Whom a statement is about and under which prefix its activities are named. The person's name never appears. */
export type StatementContext = { homePage: string; pseudonym: string; baseIri: string };

/** The authority of what this product itself says (xAPI 1.0.3 part 2 §2.4.9). Migration 0001 writes the same. */
export function ownAuthority(baseIri: string) {
  return { objectType: "Agent", name: "Clause7", account: { homePage: baseIri, name: "clause7" } } as const;
}

/** What every statement needs: an id (see {@link statementId}) and when it happened. */
export type Stamp = { id: string; at: Date };

const namespace = Buffer.from("5d6c1d0e0f5b4d0b9b8b2a6e7c42001a", "hex");

/**
 * A UUIDv5 (RFC 9562 §5.5) for what happened once within a scope such as an attempt: the same act always gets
 * the same id, so repeating it cannot double it, here or in any LRS.
 */
export function statementId(scope: string, verb: VerbName, position = 0): string {
  const bytes = createHash("sha1").update(namespace).update(`${scope}/${verb}/${position}`).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Activity id under the organisation's prefix: `/xapi/<segments>`. */
export function activityId(baseIri: string, ...segments: string[]): string {
  return [baseIri.replace(/\/$/, ""), "xapi", ...segments.map(encodeURIComponent)].join("/");
}

/**
 * Any statement of ours, for acts outside learning (asked, flagged, opened, decided). `object.path` are the segments of
 * its activity id; `registration` ties together all that belongs to one period, question or case, so that it can be
 * followed as a pattern of the profile (xAPI Profiles part 2 §9.0).
 */
export function buildStatement(
  who: StatementContext,
  input: Stamp & {
    verb: VerbName;
    object: {
      path: string[];
      type: string;
      name?: string;
      description?: string;
      extensions?: Record<string, unknown>;
    };
    result?: Statement["result"];
    registration: string;
    contextActivities?: Record<string, Activity[]>;
    extensions?: Record<string, unknown>;
    language?: string;
  },
): Statement {
  const language = input.language ?? "en";
  const { path, type, name, description, extensions } = input.object;
  return statement(who, input, input.verb, {
    object: {
      objectType: "Activity",
      id: activityId(who.baseIri, ...path),
      definition: {
        type,
        ...(name ? { name: { [language]: name } } : {}),
        ...(description ? { description: { [language]: description } } : {}),
        ...(extensions ? { extensions } : {}),
      },
    },
    result: input.result,
    context: {
      registration: input.registration,
      contextActivities: input.contextActivities,
      extensions: input.extensions,
      language,
    },
  });
}

/** The person confirmed having read a version of a policy, after answering its check where it has one. */
export function acknowledged(
  who: StatementContext,
  input: Stamp & {
    policy: { slug: string; version: string; title: string; hash: string };
    registration: string;
    language?: string;
    /** Items of the check, and how often they were answered until all were right. */
    check?: { items: number; tries: number };
  },
): Statement {
  const { slug, version, title, hash } = input.policy;
  const { check, ...rest } = input;
  return buildStatement(who, {
    ...rest,
    ...(check ? { extensions: { [`${profile}/extensions/check`]: check } } : {}),
    verb: "acknowledged",
    object: {
      path: ["policies", slug, "versions", version],
      type: activityTypes.policy,
      name: `${title} ${version}`,
      extensions: { [`${profile}/extensions/sha256`]: hash },
    },
  });
}

/**
 * Puts the parts of a statement together: who, verb, time, and the profile version among the categories. Acts outside
 * learning use {@link buildStatement}.
 */
export function statement(
  who: StatementContext,
  stamp: Stamp,
  verb: VerbName,
  rest: Pick<Statement, "object" | "result"> & { context: NonNullable<Statement["context"]> },
): Statement {
  const contextActivities = rest.context.contextActivities ?? {};
  const category = [
    ...(contextActivities["category"] ?? []),
    { objectType: "Activity" as const, id: profileVersion },
  ];
  return {
    id: stamp.id,
    actor: { objectType: "Agent", account: { homePage: who.homePage, name: who.pseudonym } },
    verb: { id: verbs[verb], display: { en: verb } },
    object: rest.object,
    ...(rest.result ? { result: rest.result } : {}),
    context: defined({ ...rest.context, contextActivities: { ...contextActivities, category } }),
    timestamp: stamp.at.toISOString(),
    version: "1.0.3",
  };
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
