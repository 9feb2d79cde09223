import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { BasisBadge } from "#app/components/basis-badge.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { basisRefusalWords, countingRefusalWords, decisionNote } from "#app/domain/competence/basis.ts";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import { addMonths } from "#app/domain/competence/recurrence.ts";
import { withdrawBasis } from "#app/domain/competence/basis.server.ts";
import { approveBasis, refuseBasis, revokeBasis } from "#app/domain/competence/basis-decision.server.ts";
import { basisChoices, basisFor } from "#app/domain/competence/basis-view.server.ts";
import { lookedAtBasis } from "#app/domain/competence/waiting.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { BasisFacts } from "./basis-facts.tsx";
import { DecideForm, RevokeForm, WithdrawForm } from "./decide-forms.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.entry.title ?? t("Proof of competence"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "basisId");
  const view = found(await basisFor(context.db, actor, id, context.now()));
  await lookedAtBasis(context.db, actor, id, context.now());
  const { searchParams } = new URL(request.url);
  const done = searchParams.get("done");
  const until = z.iso.date().nullable().catch(null).parse(searchParams.get("until"));
  const choices = view.may.decide ? await basisChoices(context.db, view.person.id) : [];
  const now = context.now();
  const ends = Object.fromEntries(choices.map((one) => [one.slug, lastDay(addMonths(now, one.validMonths))]));
  return { ...view, done, until, choices, ends, today: lastDay(now) };
}

const lastDay = (at: Date): string => at.toISOString().slice(0, 10);

const fields = z.discriminatedUnion(
  "intent",
  [
    z
      .object({
        intent: z.literal("approve"),
        note: decisionNote,
        requirement: z.string().trim().max(100),
        until: z.union([z.literal(""), z.iso.date(msg("Enter the last day as a date."))]),
      })
      .refine((one) => one.requirement === "" || one.until !== "", {
        path: ["until"],
        message: msg("Enter the last day as a date."),
      }),
    z.object({ intent: z.literal("refuse"), note: decisionNote }),
    z.object({ intent: z.literal("revoke"), note: decisionNote }),
    z.object({ intent: z.literal("withdraw") }),
  ],
  msg("Choose what you want to do."),
);

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const basisId = idOf(params, "basisId");
  const now = context.now();
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const t = await translateFor(request);
  if (sent.intent === "withdraw") {
    const done = found(await withdrawBasis(db, actor, basisId, now));
    if (!done.ok) return refused({ ...form.state, message: t(basisRefusalWords[done.reason]) }, 409);
    return redirect(`/basis/${basisId}?done=withdraw`);
  }
  const { note } = sent;
  const decided = found(
    sent.intent === "approve"
      ? await approveBasis(
          db,
          actor,
          {
            basisId,
            note,
            counts: sent.requirement === "" ? null : { requirement: sent.requirement, until: sent.until },
          },
          now,
        )
      : sent.intent === "refuse"
        ? await refuseBasis(db, actor, { basisId, note }, now)
        : await revokeBasis(db, actor, { basisId, note }, now),
  );
  if (!decided.ok) {
    const message = t({ ...basisRefusalWords, ...countingRefusalWords }[decided.reason]);
    return decided.field
      ? refused({ ...form.state, errors: { [decided.field]: message } }, 422)
      : refused({ ...form.state, message }, 409);
  }
  const until = decided.lastDay ? `&until=${decided.lastDay}` : "";
  return redirect(`/basis/${basisId}?done=${sent.intent}${until}`);
}

const saved: Record<string, string> = {
  submitted: msg("Submitted. HR decides whether it counts."),
  approve: msg("The proof is approved."),
  refuse: msg("The proof is refused."),
  revoke: msg("The proof is revoked."),
  withdraw: msg("The proof is withdrawn."),
};

export default function BasisPage() {
  const t = useT();
  const { entry, person, may, done, until } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const message = state?.message ?? (state ? t("Something is missing or does not fit.") : null);
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          <Link to={`/records/${person.id}`} className="underline underline-offset-4">
            {person.name}
          </Link>
        }
        title={entry.title}
        lead={
          <span className="flex flex-wrap items-center gap-3">
            {t(basisKindNames[entry.kind])}
            <BasisBadge state={entry.state} />
          </span>
        }
      />
      {message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert" title={t("Not saved yet")}>
            {message}
          </Notice>
        </div>
      ) : done && saved[done] ? (
        <div className="mb-6">
          <Notice tone="good" role="status">
            {t(saved[done])}{" "}
            {until ? <Rich text="It counts until <day/>." elements={{ day: <Day at={until} /> }} /> : null}
          </Notice>
        </div>
      ) : null}
      <div className="space-y-6">
        <BasisFacts />
        {may.decide ? <DecideForm state={state} /> : null}
        {may.revoke ? <RevokeForm state={state} /> : null}
        {may.withdraw ? <WithdrawForm /> : null}
        {may.correct ? (
          <p>
            <Link
              to={`/records/${person.id}/basis?replaces=${entry.id}`}
              className="text-accent font-semibold underline underline-offset-4"
            >
              {t("Submit a corrected one")}
            </Link>
          </p>
        ) : null}
      </div>
    </div>
  );
}
