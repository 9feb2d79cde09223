/** How the values of parameters are checked; each answers a sentence on the fault, or null. */
export type ParameterChecks = {
  agent(value: unknown): string | null;
  iri(value: string): string | null;
  uuid(value: string): boolean;
  timestamp(value: string): string | null;
};

/**
 * A sentence on the first parameter that is not among `known`, differs from one in its case, or is given twice
 * (xAPI 1.0.3 part 3 §3.2: such requests are refused); null when all are well.
 */
export function parameterFault(query: URLSearchParams, known: readonly string[]): string | null {
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1)
      return `The parameter ${JSON.stringify(name)} is given more than once. Give it once.`;
    if (known.includes(name)) continue;
    const meant = known.find((one) => one.toLowerCase() === name.toLowerCase());
    return meant
      ? `The parameter ${JSON.stringify(name)} is unknown. Write it as ${meant}.`
      : `The parameter ${JSON.stringify(name)} is unknown here. Leave it out${known.length > 0 ? `; known are ${known.join(", ")}` : ""}.`;
  }
  return null;
}

type Parameter<T> = { ok: true; value: T } | { ok: false; message: string };

/** The parameter `activityId`: an IRI. */
export function activityParameter(query: URLSearchParams, checks: ParameterChecks): Parameter<string> {
  const id = query.get("activityId");
  if (id === null)
    return { ok: false, message: "The parameter activityId is missing. Name the activity's id." };
  const fault = checks.iri(id);
  return fault ? { ok: false, message: `The parameter activityId: ${fault}` } : { ok: true, value: id };
}

/** The parameter `agent`: an Agent as JSON, and no Group (xAPI 1.0.3 part 3 §2.4, §2.6). */
export function agentParameter(
  query: URLSearchParams,
  checks: ParameterChecks,
): Parameter<Record<string, unknown>> {
  const text = query.get("agent");
  if (text === null) return { ok: false, message: "The parameter agent is missing. Give an Agent as JSON." };
  const agent = parsed(text);
  if (typeof agent !== "object" || agent === null || Array.isArray(agent))
    return { ok: false, message: "The parameter agent is not a JSON object. Give an Agent as JSON." };
  if ("objectType" in agent && agent.objectType === "Group")
    return {
      ok: false,
      message: "The parameter agent is a Group. Give the group's identifier as an Agent.",
    };
  const fault = checks.agent(agent);
  if (fault) return { ok: false, message: `The parameter agent: ${fault}` };
  return { ok: true, value: agent as Record<string, unknown> };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The parameter `since` as an instant, to the millisecond below it: what was stored later than the text says is later than
 * that millisecond. A text without an offset is UTC. Null: absent.
 */
export function sinceParameter(query: URLSearchParams, checks: ParameterChecks): Parameter<Date | null> {
  const text = query.get("since");
  if (text === null) return { ok: true, value: null };
  const fault = checks.timestamp(text);
  if (fault) return { ok: false, message: `The parameter since: ${fault}` };
  const instant = instantOf(text.trim());
  return Number.isNaN(instant.getTime())
    ? { ok: false, message: "The parameter since is not a point in time. Write it as 2026-11-23T10:00:00Z." }
    : { ok: true, value: instant };
}

function instantOf(text: string): Date {
  // ISO 8601 lets an offset be whole hours, which Date does not read.
  const whole = text.replace(/([t ].*[+-]\d\d)$/i, "$1:00");
  return new Date(/(z|[+-]\d\d(:?\d\d)?)$/i.test(whole) ? whole : `${whole}Z`);
}
