import { parameterFault } from "#app/domain/lrs/parameter.ts";
import { Refusal, type XapiAnswer, type XapiRequest, type XapiVersion } from "#app/domain/lrs/request.ts";
import { allowMethods, jsonAnswer } from "./answer.ts";

const versions: XapiVersion[] = ["1.0.3", "2.0.0"];

/**
 * Answers the About resource: the latest patch of each version the store speaks (xAPI 1.0.3 part 3 §2.8). It needs neither a
 * credential nor a version header. Throws {@link Refusal} for another method or any parameter.
 */
export function aboutResource(request: XapiRequest): XapiAnswer {
  allowMethods(request, ["GET", "HEAD"]);
  const fault = parameterFault(request.query, []);
  if (fault) throw new Refusal(400, fault);
  return jsonAnswer(request, JSON.stringify({ version: versions }));
}
