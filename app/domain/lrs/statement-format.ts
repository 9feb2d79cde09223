import { languageOf } from "./accept-language.ts";
import { arrayOf, elementsOf, membersOf, objectOf } from "./json-member.ts";

/** How statements may be asked for (xAPI 1.0.3 part 3 §2.1.3). */
export const statementFormats = ["exact", "ids", "canonical"] as const;

export type StatementFormat = (typeof statementFormats)[number];

/** JSON text in, JSON text out. What is not rewritten keeps its wording. */
type Rewrite = (text: string) => string;

/**
 * A stored statement in the format asked for (xAPI 1.0.3 part 3 §2.1.3): `exact` as it is; `ids` with no more of agents,
 * groups, activities and verbs than identifies them; `canonical` with each activity as all statements together define it and
 * one language in each language map of activities and verbs. `canonicalOf` gives the stored row of an activity, if any;
 * `acceptLanguage` is null where no header was sent.
 */
export function inFormat(
  body: string,
  format: StatementFormat,
  acceptLanguage: string | null,
  canonicalOf: (activityId: string) => string | null,
): string {
  switch (format) {
    case "exact":
      return body;
    case "ids":
      return rewritten(body, identifying);
    case "canonical":
      return rewritten(body, canonical(acceptLanguage, canonicalOf));
  }
}

/** What is done to the parts of a statement. */
type Parts = { agent: Rewrite; verb: Rewrite; activity: Rewrite };

/** A statement or SubStatement with its parts rewritten, wherever they stand (part 2 §2.4; 2.0 §4.2.2.5 for the context's lists). */
function rewritten(statement: string, parts: Parts): string {
  const activities = each(parts.activity);
  const context: Rewrite = (text) =>
    withMembers(text, {
      instructor: parts.agent,
      team: parts.agent,
      contextActivities: (groups) =>
        withMembers(groups, {
          parent: activities,
          grouping: activities,
          category: activities,
          other: activities,
        }),
      contextAgents: each((entry) => withMembers(entry, { agent: parts.agent })),
      contextGroups: each((entry) => withMembers(entry, { group: parts.agent })),
    });
  return withMembers(statement, {
    actor: parts.agent,
    verb: parts.verb,
    object: (text) => rewrittenObject(text, parts),
    context,
    authority: parts.agent,
  });
}

function rewrittenObject(object: string, parts: Parts): string {
  switch (valueOf(membersOf(object)?.get("objectType"))) {
    case "Agent":
    case "Group":
      return parts.agent(object);
    case "SubStatement":
      return rewritten(object, parts);
    case "StatementRef":
      return object;
    default:
      return parts.activity(object);
  }
}

const identifying: Parts = {
  agent: identifyingAgent,
  verb: (text) => only(text, ["id"]),
  activity: (text) => only(text, ["id"]),
};

const identifiers = ["mbox", "mbox_sha1sum", "openid", "account"];

/** An anonymous group is told by its members. */
function identifyingAgent(agent: string): string {
  const members = membersOf(agent);
  if (!members || identifiers.some((name) => members.has(name)))
    return only(agent, ["objectType", ...identifiers]);
  return withMembers(only(agent, ["objectType", "member"]), { member: each(identifyingAgent) });
}

/** Agents and groups stay as they were sent. */
function canonical(acceptLanguage: string | null, canonicalOf: (activityId: string) => string | null): Parts {
  const inOneLanguage: Rewrite = (map) => {
    const members = membersOf(map);
    const tag = members ? languageOf(acceptLanguage, [...members.keys()]) : undefined;
    return tag === undefined ? map : objectOf(new Map([[tag, members?.get(tag) ?? ""]]));
  };
  const components = each((component) => withMembers(component, { description: inOneLanguage }));
  const definition: Rewrite = (text) =>
    withMembers(text, {
      name: inOneLanguage,
      description: inOneLanguage,
      choices: components,
      scale: components,
      source: components,
      target: components,
      steps: components,
    });
  return {
    agent: (text) => text,
    verb: (text) => withMembers(text, { display: inOneLanguage }),
    activity(text) {
      const members = membersOf(text);
      const id = valueOf(members?.get("id"));
      if (!members || typeof id !== "string") return text;
      const row = canonicalOf(id);
      const known =
        (row === null ? undefined : membersOf(row)?.get("definition")) ?? members.get("definition");
      if (known !== undefined) members.set("definition", definition(known));
      return objectOf(members);
    },
  };
}

/** An object with some of its members rewritten. Anything else stays as it is. */
function withMembers(text: string, rewrites: Record<string, Rewrite>): string {
  const members = membersOf(text);
  if (!members) return text;
  for (const [name, rewrite] of Object.entries(rewrites)) {
    const value = members.get(name);
    if (value !== undefined) members.set(name, rewrite(value));
  }
  return objectOf(members);
}

/** Rewrites every element of a list, or a single object given in place of a list (part 2 §2.4.6.2). */
function each(rewrite: Rewrite): Rewrite {
  return (text) => {
    const elements = elementsOf(text);
    return elements ? arrayOf(elements.map(rewrite)) : rewrite(text);
  };
}

/** An object with these of its members and no others. */
function only(text: string, names: readonly string[]): string {
  const members = membersOf(text);
  return members ? objectOf(new Map([...members].filter(([name]) => names.includes(name)))) : text;
}

const valueOf = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
