import type { Db } from "#db/client.server.ts";
import { activityRows } from "#app/domain/lrs/activity.server.ts";
import { activityObject } from "#app/domain/lrs/activity.ts";
import type { LrsClient } from "#app/domain/lrs/credential.ts";
import { activityParameter, type ParameterChecks, parameterFault } from "#app/domain/lrs/parameter.ts";
import { Refusal, type XapiAnswer, type XapiRequest } from "#app/domain/lrs/request.ts";
import { allowMethods, jsonAnswer } from "./answer.ts";

/**
 * Answers the Activities resource with all that statements told about an activity (xAPI 1.0.3 part 3 §2.5); one never heard
 * of has an id and nothing more. A client that may only write is refused. Throws {@link Refusal} for what is refused.
 */
export async function activitiesResource({
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
  if (client.scopes.every((scope) => scope === "statements/write"))
    throw new Refusal(
      403,
      "This credential may only write statements. Use one with the scope statements/read.",
    );
  const fault = parameterFault(request.query, ["activityId"]);
  if (fault) throw new Refusal(400, fault);
  const id = activityParameter(request.query, checks);
  if (!id.ok) throw new Refusal(400, id.message);
  const rows = await activityRows(db, [id.value]);
  return jsonAnswer(request, activityObject(id.value, rows.get(id.value) ?? null));
}
