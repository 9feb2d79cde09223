import type { Db } from "#db/client.server.ts";
import { identityOf } from "#app/domain/lrs/agent.ts";
import { type LrsClient, permits } from "#app/domain/lrs/credential.ts";
import { agentParameter, type ParameterChecks, parameterFault } from "#app/domain/lrs/parameter.ts";
import { namesOf } from "#app/domain/lrs/person.server.ts";
import { personOf } from "#app/domain/lrs/person.ts";
import { Refusal, type XapiAnswer, type XapiRequest } from "#app/domain/lrs/request.ts";
import { allowMethods, jsonAnswer } from "./answer.ts";

/**
 * Answers the Agents resource with a Person object (xAPI 1.0.3 part 3 §2.4), also for an agent never heard of. Names that
 * others gave the agent are shown to clients that may read all statements. Throws {@link Refusal} for what is refused.
 */
export async function agentsResource({
  db,
  client,
  request,
  checks,
}: {
  db: Db;
  client: LrsClient;
  request: XapiRequest;
  checks: ParameterChecks;
}): Promise<XapiAnswer> {
  allowMethods(request, ["GET", "HEAD"]);
  const fault = parameterFault(request.query, ["agent"]);
  if (fault) throw new Refusal(400, fault);
  const agent = agentParameter(request.query, checks);
  if (!agent.ok) throw new Refusal(400, agent.message);
  const identity = identityOf(agent.value);
  const names = identity !== null && permits(client, "statements/read") ? await namesOf(db, identity) : [];
  return jsonAnswer(request, JSON.stringify(personOf(agent.value, names)));
}
