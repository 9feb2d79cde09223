import { randomBytes } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { sendingHours } from "#app/domain/communication/hours.ts";
import {
  choosePreference,
  closeCalendar,
  openCalendar,
  ownPreference,
} from "#app/domain/communication/preference.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Calendar } from "./calendar.tsx";
import { ChoiceForm } from "./choice-form.tsx";
import { noticeFields } from "./fields.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Notices"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  return {
    preference: await ownPreference(context.db, actor),
    usual: context.mailing.reminders.hours,
    timeZone: actor.timeZone,
    saved: search.has("saved"),
    closed: search.has("closed"),
  };
}

export type View = ReturnType<typeof useLoaderData<typeof loader>>;

/** The address of a calendar is answered in this one page; no address holds it or leads back to it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "notice.choose", { personId: actor.id });
  const form = await parseForm(request, noticeFields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const now = context.now();
  if (sent.intent === "open") {
    const { token } = await openCalendar(context.db, actor, now, randomBytes);
    return data({ address: `${context.baseUrl}/calendar/${token}.ics` });
  }
  if (sent.intent === "close") {
    await closeCalendar(context.db, actor, now);
    throw redirect("/account/notices?closed");
  }
  const { from, until, weekends, own, practice, early } = sent;
  const hours = sendingHours.safeParse({ from, until, weekends: weekends === "yes" });
  if (own === "yes" && !hours.success) {
    const t = await translateFor(request);
    const [issue] = hours.error.issues;
    const errors: Record<string, string> = issue ? { until: t(issue.message) } : {};
    return refused({ ...form.state, errors }, 422);
  }
  const choice = {
    practice: practice === "yes",
    early: early === "yes",
    hours: own === "yes" && hours.success ? hours.data : null,
  };
  await choosePreference(context.db, actor, choice, now);
  throw redirect("/account/notices?saved");
}

export default function Notices() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = answer && "errors" in answer ? answer : null;
  const address = answer && "address" in answer ? answer.address : null;
  return (
    <>
      <PageHeader
        title={t("Notices")}
        lead={t(
          "What reaches you by mail, and when. You get one mail a day at most, with all that is due, and only when there is something to tell.",
        )}
      />
      <div className="space-y-6">
        {view.saved && !answer ? (
          <Notice tone="good" role="status">
            {t("Your choice is saved.")}
          </Notice>
        ) : null}
        {view.closed && !answer ? (
          <Notice tone="good" role="status">
            {t("The address was ended. Calendars that use it get nothing more.")}
          </Notice>
        ) : null}
        <div className="grid items-start gap-8 lg:grid-cols-2">
          <ChoiceForm view={view} form={form} />
          <Calendar since={view.preference.calendarSince} address={address} />
        </div>
      </div>
    </>
  );
}
