import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { useEffect } from "react";
import { z } from "zod";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail, Meter, PageHeader } from "#app/components/ui/surface.tsx";
import { bulkKindNames, bulkOutcomeNames, mayUndo } from "#app/domain/competence/bulk.ts";
import { undoBulk } from "#app/domain/competence/bulk.server.ts";
import { bulkView } from "#app/domain/competence/bulk-work.server.ts";
import { retrainingCauseNames } from "#app/domain/competence/retraining.ts";
import { waiverInput } from "#app/domain/competence/waiver.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { Undo } from "./undo.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Progress"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = z.uuid().safeParse(params["id"]);
  const view = found(id.success ? await bulkView(context.db, actor, id.data) : null);
  return { view, undoId: randomUUID(), mayUndo: mayUndo({ ...view, undone: view.undoneBy !== null }) };
}

const fields = waiverInput.pick({ reason: true }).extend({ undoId: z.uuid() });

/** Takes it back. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { undoId, reason } = form.value;
  const of = { id: found(z.uuid().safeParse(params["id"]).data ?? null), undoId, reason };
  const undone = found(await undoBulk(context.db, actor, of, context.now()));
  if (undone.ok) return redirect(`/bulk-actions/${undoId}`);
  const t = await translateFor(request);
  return refused({ ...form.state, message: t("It was taken back in the meantime, or did nothing.") }, 409);
}

export default function BulkProgress() {
  const t = useT();
  const number = useNumber();
  const { view, mayUndo: undoable } = useLoaderData<typeof loader>();
  const {
    kind,
    reason,
    until,
    requestedBy,
    requestedAt,
    finishedAt,
    total,
    done,
    refused: no,
    filter,
  } = view;
  useRefresh(finishedAt === null);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link
            to={filter === "" ? "/board?view=none" : `/board?${filter}`}
            className="underline underline-offset-4"
          >
            {t("Board")}
          </Link>
        }
        title={t(bulkKindNames[kind])}
        lead={
          <Rich
            text="Asked for by <name/>, <moment/>"
            elements={{ name: <span>{requestedBy}</span>, moment: <Moment at={requestedAt.toISOString()} /> }}
          />
        }
      />
      <Card as="section" className="space-y-5">
        <p role="status" className="text-lg font-semibold">
          {finishedAt === null
            ? t("{{done}} of {{total}} done", { done: number(done + no), total: number(total) })
            : t("All {{total}} done", { total: number(total) })}
        </p>
        <Meter
          value={total === 0 ? 1 : (done + no) / total}
          label={t("Progress")}
          tone={finishedAt === null ? "accent" : "good"}
        />
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <Detail term={t("Carried out")}>{number(done)}</Detail>
          <Detail term={t("Not carried out")}>{number(no)}</Detail>
          {until ? (
            <Detail term={t("Last day of the waivers")}>
              <Day at={until} />
            </Detail>
          ) : null}
          {view.assigned ? (
            <Detail term={t("Requirement")}>
              <span lang="en">{view.assigned}</span>
            </Detail>
          ) : null}
          {view.details?.lastDay ? (
            <Detail term={t("Last day")}>
              <Day at={view.details.lastDay} />
            </Detail>
          ) : null}
          {view.details?.cause ? (
            <Detail term={t("Cause")}>{t(retrainingCauseNames[view.details.cause])}</Detail>
          ) : null}
          {view.details?.dueDays ? (
            <Detail term={t("Days to complete it")}>{number(view.details.dueDays)}</Detail>
          ) : null}
        </dl>
        {reason ? <p className="max-w-[65ch] whitespace-pre-line wrap-anywhere">{reason}</p> : null}
        {finishedAt === null ? (
          <ButtonLink to="." look="secondary" reloadDocument>
            {t("Look again")}
          </ButtonLink>
        ) : null}
        {view.undoes ? (
          <Link className={link} to={`/bulk-actions/${view.undoes}`}>
            {t("It takes back another action")}
          </Link>
        ) : null}
        {view.undoneBy ? (
          <Link className={link} to={`/bulk-actions/${view.undoneBy}`}>
            {t("It has been taken back")}
          </Link>
        ) : null}
      </Card>
      {view.refusals.length > 0 ? <Refusals /> : null}
      {undoable ? <Undo /> : null}
    </div>
  );
}

const link = "text-accent inline-flex min-h-11 items-center font-semibold underline underline-offset-4";

/** Looks again every two seconds while there is something to see; without JavaScript there is a button. */
function useRefresh(open: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(() => void revalidate(), 2000);
    return () => clearInterval(timer);
  }, [open, revalidate]);
}

function Refusals() {
  const t = useT();
  const { view } = useLoaderData<typeof loader>();
  return (
    <section aria-labelledby="refusals" className="mt-8">
      <h2 id="refusals" className="mb-3 text-lg">
        {t("Not carried out")}
      </h2>
      <ul className="divide-line divide-y text-sm">
        {view.refusals.map(({ personId, name, requirement, outcome }) => (
          <li key={`${personId} ${requirement}`} className="py-2.5">
            <Link
              className="text-accent font-medium underline underline-offset-4"
              to={`/records/${personId}`}
            >
              {name}
            </Link>{" "}
            · <span lang="en">{requirement}</span>
            <p className="text-muted">{t(bulkOutcomeNames[outcome])}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
