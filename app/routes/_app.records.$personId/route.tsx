import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { unsentForm } from "#app/components/form-text.ts";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { actionsAbout } from "#app/domain/competence/action-list.server.ts";
import { endNaming, namingsOf } from "#app/domain/competence/naming.server.ts";
import { isOnRecord, personRecord } from "#app/domain/competence/record.server.ts";
import { recordBases } from "#app/domain/competence/record-basis.server.ts";
import { waiverRefusalWords } from "#app/domain/competence/waiver.ts";
import { endWaiver, grantWaiver } from "#app/domain/competence/waiver.server.ts";
import { revokeCompetence } from "#app/domain/competence/revocation.server.ts";
import { setCertificateDisplay } from "#app/domain/evidence/certificate.server.ts";
import { statementsBehind } from "#app/domain/evidence/statement-log.server.ts";
import { accommodationFor } from "#app/domain/learning/accommodation.server.ts";
import { grantAttempt } from "#app/domain/learning/attempt-grant.server.ts";
import { refusedAddresses } from "#app/domain/communication/refused-address.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Accommodation, Acknowledgements, DetailsLink, Person, Readings } from "./about.tsx";
import { Actions, Bases } from "./bases.tsx";
import { Done } from "./done.tsx";
import { recordFields } from "./fields.ts";
import { LookBack } from "./look-back.tsx";
import { RequirementSection } from "./requirement.tsx";
import { Unreached } from "./unreached.tsx";
import type { Bodies } from "./statements.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.record.person.name ?? t("Record"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const record = found(await personRecord(context.db, actor, params["personId"] ?? "", now));
  const search = new URL(request.url).searchParams;
  if (search.has("at")) throw redirect(`/records/${record.person.id}/as-at?${search}`);
  const asked = record.requirements.flatMap((r) => r.periods).find((p) => p.id === search.get("full"));
  let bodies: Bodies | null = null;
  if (asked && record.mayReadEvidence) {
    const entries = found(await statementsBehind(context.db, actor, asked.id));
    const texts = entries.map(({ id, line, parts }) => [id, parts?.json ?? line] as const);
    bodies = { periodId: asked.id, byId: Object.fromEntries(texts) };
  }
  const own = record.person.id === actor.id;
  const { id } = record.person;
  const [refusal] = await refusedAddresses(context.db, [id]);
  return {
    record,
    ...found(await recordBases(context.db, actor, id)),
    namings: (await namingsOf(context.db, { personId: id }, now)).lines.filter((naming) =>
      record.requirements.some((one) => one.slug === naming.requirement),
    ),
    mayName: can(actor, "requirement.name", { personId: id }),
    actions: await actionsAbout(context.db, actor, id, now),
    bodies,
    now,
    own,
    board: can(actor, "board.read"),
    done: search.get("done"),
    /** Beyond the record itself: at past days, proofs and policies. Not from an auditor's seat. */
    mayLookBack: !actor.scope,
    accommodation: await accommodationFor(context.db, actor, id),
    mayReadReadings: can(actor, "reads.read", { personId: id }),
    mayAccommodate: can(actor, "accommodation.grant", { personId: id }),
    unreached: refusal !== undefined,
    mailAnswer: refusal && can(actor, "message.read", {}) ? refusal.answer : null,
    mayTryAddress: can(actor, "message.manage", {}),
    mayEdit: can(actor, "person.edit", { personId: id }),
  };
}

export type RecordView = Awaited<ReturnType<typeof loader>>;
export type Period = RecordView["record"]["requirements"][number]["periods"][number];

/** A conflict is answered with what the record says now, beside the text that was sent. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const personId = params["personId"] ?? "";
  const form = await parseForm(request, recordFields);
  if (!form.ok) return form.response;
  const { intent, id } = form.value;
  const t = await translateFor(request);
  const entry =
    intent === "revoke" || intent === "display"
      ? { certificateId: id }
      : intent === "end_waiver"
        ? { waiverId: id }
        : intent === "end_naming"
          ? { namingId: id }
          : { periodId: id };
  found((await isOnRecord(db, personId, entry)) || null);
  if (intent === "display") {
    const { showName, showScore } = form.value;
    const display = { showName: showName === "yes", showScore: showScore === "yes" };
    found(await setCertificateDisplay(db, actor, id, display, now));
    throw redirect(`/records/${personId}?done=display#display-${id}`);
  }
  const { reason } = form.value;
  if (intent === "waive") {
    const { until } = form.value;
    const result = found(await grantWaiver(db, actor, { periodId: id, reason, until }, now));
    if (!result.ok) {
      const message = t(waiverRefusalWords[result.reason]);
      if (result.reason === "completed") return refused({ ...form.state, message }, 409);
      return refused({ ...form.state, errors: { until: message } }, 422);
    }
  } else if (intent === "end_waiver") {
    const result = found(await endWaiver(db, actor, { waiverId: id, reason }, now));
    if (!result.ok) return refused({ ...form.state, message: t(waiverRefusalWords[result.reason]) }, 409);
  } else if (intent === "end_naming") {
    const result = found(await endNaming(db, actor, { namingId: id, reason }, now));
    if (!result.ok) return refused({ ...form.state, message: t("It was ended in the meantime.") }, 409);
  } else if (intent === "grant_attempt") {
    const result = found(await grantAttempt(db, actor, { registration: id, reason }, now));
    if (!result.ok) return refused({ ...form.state, message: t("There is an attempt left to take.") }, 409);
  } else {
    const result = await revokeCompetence(db, actor, id, reason, now, form.value.category);
    if (!result.ok) return refused({ ...form.state, message: t("It was revoked in the meantime.") }, 409);
  }
  throw redirect(`/records/${personId}?done=${intent}`);
}

export default function RecordPage() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? unsentForm;
  const { record, own, board, done } = view;
  const { person, requirements } = record;
  return (
    <>
      <PageHeader
        eyebrow={
          board && !own ? (
            <Link to="/board" className="underline underline-offset-4">
              {t("Board")}
            </Link>
          ) : own ? (
            t("My record")
          ) : (
            t("Record")
          )
        }
        title={person.name}
        lead={
          <>
            {person.title}, {person.department}
            <Person person={person} />
            <Accommodation />
            {view.mayLookBack ? (
              <LookBack personId={person.id} today={view.now.toISOString().slice(0, 10)} />
            ) : null}
            <Readings />
            <DetailsLink />
          </>
        }
      />
      <Done done={done} form={form} />
      <Unreached />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0 space-y-6">
          {requirements.map((requirement) => (
            <RequirementSection key={requirement.slug} requirement={requirement} view={view} form={form} />
          ))}
          {requirements.length === 0 ? (
            <EmptyState title={t("Nothing assigned yet")}>
              {own
                ? t("As soon as a training applies to you, it appears here with what you have done.")
                : t("No requirement applies to {{name}} so far. Requirements follow from audiences.", {
                    name: person.name,
                  })}
            </EmptyState>
          ) : null}
        </div>
        <div className="space-y-8">
          <Bases />
          <Actions />
          <Acknowledgements
            open={record.unacknowledged}
            given={record.acknowledgements}
            own={own}
            zone={record.person.timeZone}
          />
        </div>
      </div>
    </>
  );
}
