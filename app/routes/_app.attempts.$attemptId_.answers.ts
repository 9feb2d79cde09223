import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { saveAnswer } from "#app/domain/learning/attempt.server.ts";
import { confidences } from "#app/domain/learning/calibration.ts";
import { longestShortAnswer } from "#app/domain/content/item.ts";
import type { GivenResponse } from "#app/domain/learning/presentation.ts";
import { formOf } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

export const loader = ({ params }: ActionFunctionArgs): Response =>
  redirect(`/attempts/${params["attemptId"]}`);

const fields = z.object({
  position: z.coerce.number().int().min(0).max(1000),
  revision: z.coerce.number().int().min(0),
  confidence: z.enum(confidences).nullable().catch(null),
  given: z
    .string()
    .max(10_000)
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue("this is not JSON");
        return z.NEVER;
      }
    })
    .pipe(
      z.union([
        z.array(z.string().max(50)).max(50),
        z.record(z.string().max(50), z.string().max(50)),
        z.string().max(longestShortAnswer),
        // Taken back.
        z.null(),
      ]),
    ),
});

/** What the page hears of an answer that it saves in the background. */
export type AnswerOutcome =
  | { outcome: "saved"; revision: number }
  | { outcome: "stale"; revision: number; given: GivenResponse }
  | { outcome: "closed" | "unreadable" };

/** Saves one answer while its page stays open; the page's own form does the same without scripts. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const sent = fields.safeParse({ confidence: null, ...Object.fromEntries(await formOf(request)) });
  if (!sent.success) return answer({ outcome: "unreadable" }, 422);
  const attemptId = idOf(params, "attemptId");
  const result = found(await saveAnswer(context.db, actor, { attemptId, ...sent.data }, context.now()));
  if (result.ok) return answer({ outcome: "saved", revision: result.revision }, 200);
  if (result.reason === "stale")
    return answer({ outcome: "stale", revision: result.revision, given: result.given }, 409);
  return answer({ outcome: result.reason }, result.reason === "closed" ? 409 : 422);
}

function answer(outcome: AnswerOutcome, status: number): Response {
  return Response.json(outcome, { status });
}
