import type { LoaderFunctionArgs } from "@remix-run/node";
import { certificateFor } from "#app/domain/evidence/certificate.server.ts";
import { certificatePdf } from "#app/domain/evidence/certificate-pdf.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The certificate as a PDF, drawn as it stands today. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "id");
  const certificate = found(await certificateFor(context.db, actor, id, context.now()));
  const pdf = await certificatePdf(certificate, `${context.baseUrl}/verify/${certificate.code}`);
  const name = `${certificate.title} - ${certificate.holderName}.pdf`;
  return download(new Uint8Array(pdf), "application/pdf", name);
}
