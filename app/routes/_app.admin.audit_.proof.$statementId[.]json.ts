import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ProofOutcome } from "#app/domain/audit/proof.server.ts";
import { statementProof } from "#app/domain/evidence/seal-log.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The proof that a statement is sealed, to be checked elsewhere with `npm run verify-proof`. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "statementId");
  const outcome = await statementProof(context.db, actor, id);
  if (outcome.ok)
    return download(`${JSON.stringify(outcome.proof, null, 2)}\n`, "application/json", `proof-${id}.json`);
  const headers = { "Content-Type": "text/plain; charset=utf-8" };
  throw new Response(found(refusalOf(outcome)), { status: 409, headers });
}

function refusalOf(outcome: Exclude<ProofOutcome, { ok: true }>): string | null {
  if (outcome.reason === "unknown") return null;
  if (outcome.reason === "damaged") return outcome.fault;
  return "This statement is not sealed yet. Seals are made every hour; come back after the next one.";
}
