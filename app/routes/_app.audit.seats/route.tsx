import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { scopeChoices } from "#app/domain/pack/sample.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { seatInput, seatRefusalWords } from "#app/domain/people/seat.ts";
import { inviteAuditor, revokeSeat, seats } from "#app/domain/people/seat.server.ts";
import { formOf, parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { SeatCard } from "./seat-card.tsx";
import { SeatForm } from "./seat-form.tsx";
import { SeatLink } from "./seat-link.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Auditor seats"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  return {
    seats: await seats(context.db, actor, now),
    choices: await scopeChoices(context.db, actor),
    today: now.toISOString().slice(0, 10),
    inTwoWeeks: new Date(now.getTime() + 14 * 86_400_000).toISOString().slice(0, 10),
    revoked: new URL(request.url).searchParams.has("revoked"),
  };
}

export type SeatView = ReturnType<typeof useLoaderData<typeof loader>>["seats"][number];

const revocation = z.object({ id: z.uuid() });

/** The link is answered in this one page; no address holds it or leads back to it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "seat.manage", {});
  const { db } = context;
  const now = context.now();
  const t = await translateFor(request);
  if ((await formOf(request.clone())).get("intent") === "revoke") {
    const form = await parseForm(request, revocation);
    if (!form.ok) return form.response;
    const ended = found(await revokeSeat(db, actor, form.value.id, now));
    if (!ended.ok) return refused({ ...form.state, message: t("This seat had ended before.") }, 409);
    throw redirect("/audit/seats?revoked");
  }
  const form = await parseForm(request, seatInput);
  if (!form.ok) return form.response;
  const invited = await inviteAuditor(db, actor, form.value, now);
  if (!invited.ok) {
    const field = invited.reason === "past" ? "until" : "email";
    return refused({ ...form.state, errors: { [field]: t(seatRefusalWords[invited.reason]) } }, 422);
  }
  return data({ link: `${context.baseUrl}/seat/${invited.token}`, name: form.value.name });
}

export default function Seats() {
  const t = useT();
  const { seats, revoked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const issued = answer && "link" in answer ? answer : null;
  const form = answer && "errors" in answer ? answer : { errors: {}, values: {} };
  return (
    <>
      <PageHeader
        title={t("Auditor seats")}
        lead={t(
          "An external auditor reads records, draws samples and takes packs within the scope you give, until the last day. Nothing else can be opened from a seat, and every record read is noted.",
        )}
      />
      <div className="space-y-6">
        {form.message ? (
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        ) : null}
        {revoked && !answer ? (
          <Notice tone="good" role="status">
            {t("The seat was revoked, and whoever sat in it is signed out.")}
          </Notice>
        ) : null}
        {issued ? <SeatLink key={issued.link} link={issued.link} name={issued.name} /> : null}
        <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem]">
          <section aria-labelledby="seats" className="min-w-0">
            <h2 id="seats" className="mb-3 text-lg">
              {t("Seats")}
            </h2>
            {seats.length === 0 ? (
              <EmptyState title={t("No seat yet")}>
                {t("Invite an auditor with the departments and requirements of the audit and its days.")}
              </EmptyState>
            ) : (
              <ul className="space-y-4">
                {seats.map((seat) => (
                  <SeatCard key={seat.id} seat={seat} />
                ))}
              </ul>
            )}
          </section>
          <SeatForm key={issued?.link ?? "first"} form={form} />
        </div>
      </div>
    </>
  );
}
