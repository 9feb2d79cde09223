import type { LoaderFunctionArgs } from "@remix-run/node";
import { limitedModel } from "#app/domain/assistant/model-budget.server.ts";
import { type PhrasingEvent, phrasingOf } from "#app/domain/assistant/phrasing.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The model's wording of a verdict as server-sent events; 204 when there is none, which ends an EventSource. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const questionId = params["questionId"] ?? "";
  const { db, modelLimits } = context;
  const model = limitedModel(db, actor.id, context.model, modelLimits, context.now());
  const events = found(await phrasingOf(db, actor, { questionId }, model, request.signal));
  if (events === "nothing") return new Response(null, { status: 204 });
  return new Response(streamOf(events), {
    headers: {
      "Content-Type": "text/event-stream",
      // Compression would hold the pieces back until there are enough of them.
      "Cache-Control": "no-store, no-transform",
    },
  });
}

function streamOf(events: AsyncIterable<PhrasingEvent>): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
