import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import {
  decideErasureRequest,
  endHold,
  erasureRequests,
  evidenceHolds,
  personByEmail,
  placeHold,
  requestErasure,
} from "#app/domain/evidence/erasure-request.server.ts";
import { erasureRefusals } from "#app/domain/people/erasure.ts";
import { recordLeaving } from "#app/domain/people/leaving.server.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { decisionsIn, requestFields } from "./fields.ts";
import { Holds } from "./holds.tsx";
import { Leavers } from "./leavers.tsx";
import { RequestCard } from "./request-card.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Requests and holds"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "hold.manage", {});
  const mayDecide = can(actor, "erasure.decide");
  return {
    mayDecide,
    requests: mayDecide ? await erasureRequests(context.db, actor, context.now()) : [],
    holds: await evidenceHolds(context.db, actor),
    done: new URL(request.url).searchParams.has("done"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const form = await parseForm(request, requestFields);
  if (!form.ok) return form.response;
  const t = await translateFor(request);
  const sent = form.value;
  const unknown = refused({ ...form.state, errors: { email: t("Nobody here has this e-mail.") } }, 422);
  if (sent.intent === "decide") {
    const input = { id: sent.id, decisions: decisionsIn(sent) };
    const result = found(await decideErasureRequest(db, actor, input, now));
    if (!result.ok && result.reason === "decided")
      return refused({ ...form.state, message: t("It was decided in the meantime.") }, 409);
    if (!result.ok) {
      const errors = Object.entries(result.refusals).map(([name, why]) => [name, t(erasureRefusals[why])]);
      return refused({ ...form.state, errors: Object.fromEntries(errors) }, 422);
    }
  } else if (sent.intent === "hold") {
    const email = sent.email === "" ? null : sent.email;
    if (!(await placeHold(db, actor, { ...sent, email }, now))) return unknown;
  } else if (sent.intent === "end_hold") {
    found(await endHold(db, actor, sent.id, now));
  } else if (sent.intent === "left") {
    if (!(await recordLeaving(db, actor, sent, now))) return unknown;
  } else {
    const personId = await personByEmail(db, actor, sent.email);
    if (personId === null) return unknown;
    const result = found(await requestErasure(db, actor, { personId, reason: sent.reason }, now));
    if (!result.ok) {
      const why = {
        open: t("A request is open already."),
        employed: t("The person works here still and files the request alone."),
        erased: t("The identity has been erased already."),
      };
      return refused({ ...form.state, errors: { email: why[result.reason] } }, 422);
    }
  }
  throw redirect("/privacy/requests?done");
}

export default function Requests() {
  const t = useT();
  const { requests, mayDecide, done } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/privacy" className="underline underline-offset-4">
            {t("Privacy")}
          </Link>
        }
        title={t("Requests and holds")}
        lead={t(
          "Requests for erasure are decided kind by kind, by somebody else than the person. What a hold keeps is not erased.",
        )}
      />
      {refusal ? (
        <Notice tone="bad" role="alert" title={refusal.message ?? t("Not saved yet")}>
          {Object.values(refusal.errors).join(" ")}
        </Notice>
      ) : done ? (
        <Notice tone="good" role="status" title={t("Saved.")} />
      ) : null}
      <div className="mt-6 space-y-10">
        {mayDecide ? (
          <section aria-labelledby="requests" className="space-y-4">
            <h2 id="requests" className="text-xl">
              {t("Requests for erasure")}
            </h2>
            {requests.length === 0 ? <EmptyState title={t("No request yet")} /> : null}
            {requests.map((one) => (
              <RequestCard key={one.id} request={one} />
            ))}
          </section>
        ) : null}
        <Holds />
        {mayDecide ? <Leavers /> : null}
      </div>
    </>
  );
}
