import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PageLinks } from "#app/components/page-links.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { auditPage, auditVerification } from "#app/domain/evidence/audit-log.server.ts";
import { sealPage, sealVerification, unsealed } from "#app/domain/evidence/seal-log.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { Seals, SealVerification } from "./seals.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Audit log"));

const before = z.coerce.number().int().positive().optional().catch(undefined);

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const from = before.parse(search.get("before") ?? undefined);
  const sealsFrom = before.parse(search.get("seals-before") ?? undefined);
  const page = await auditPage(context.db, actor, from);
  const seals =
    from === undefined
      ? {
          ...(await sealPage(context.db, actor, sealsFrom)),
          newest: sealsFrom === undefined,
          unsealed: await unsealed(context.db, actor),
        }
      : null;
  // Walks every link and every seal, so only when asked to.
  const verify = search.has("verify");
  return {
    ...page,
    from,
    seals,
    verification: verify ? await auditVerification(context.db, actor) : null,
    sealCheck: verify ? await sealVerification(context.db, actor) : null,
  };
}

type Entry = ReturnType<typeof useLoaderData<typeof loader>>["entries"][number];

export default function AuditLog() {
  const t = useT();
  const { entries, next, from, seals } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Audit log")}
        lead={t(
          "Who did what, newest first. Each event carries the SHA-256 of the one before it, so that changing or removing any of them breaks every later link.",
        )}
        actions={
          <ButtonLink to="/admin/audit?verify" look="secondary" prefetch="none">
            {t("Verify now")}
          </ButtonLink>
        }
      />
      <Verification />
      {seals ? <Seals {...seals} /> : null}
      <h2 className="mb-4 text-xl">{t("Events")}</h2>
      {entries.length === 0 ? (
        <EmptyState title={t("No event here")}>
          {from === undefined
            ? t("The first one is written when the organisation is set up.")
            : t("You have reached the beginning of the chain.")}
        </EmptyState>
      ) : (
        <ol className="space-y-2" aria-label={t("Events")}>
          {entries.map((entry) => (
            <EventRow key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
      <PageLinks
        back={from === undefined ? null : { to: "/admin/audit", words: t("Newest") }}
        on={next === null ? null : { to: `/admin/audit?before=${next}`, words: t("Older") }}
      />
    </>
  );
}

function Verification() {
  const t = useT();
  const { verification, sealCheck } = useLoaderData<typeof loader>();
  if (!verification) return null;
  const { links, broken } = verification;
  return (
    <div className="mb-6 space-y-3">
      {broken === null ? (
        <Notice tone="good" role="status" title={t("The chain holds")}>
          {t(
            "{{count}} events were verified just now, from the first to the last. None was changed, removed or put in between.",
            { count: links },
          )}
        </Notice>
      ) : (
        <Notice
          tone="bad"
          role="alert"
          title={t("The chain is broken at event {{number}}", { number: broken })}
        >
          {t(
            "The {{count}} events before it hold. Keep the database as it is, take a copy, and compare event {{number}} with your newest backup.",
            { count: links, number: broken },
          )}
        </Notice>
      )}
      {sealCheck ? <SealVerification {...sealCheck} /> : null}
    </div>
  );
}

function EventRow({ entry }: { entry: Entry }) {
  const t = useT();
  const { seq, at, actorId, type, subjectType, subjectId, data, prevHash, hash } = entry;
  return (
    <Card as="li" className="py-3! sm:py-3!">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="text-muted mr-3 inline-block min-w-12 text-sm tabular-nums">{seq}</span>
          <span className="font-medium">{t(entry.what)}</span>
          <span className="text-muted"> · {entry.actorName}</span>
        </p>
        <p className="text-muted text-sm">
          <Moment at={at.toISOString()} />
        </p>
      </div>
      <details className="mt-1">
        <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
          <Rich
            text="Details: <subject/>"
            elements={{
              subject: (
                <span lang="en">
                  {subjectType} {subjectId}
                </span>
              ),
            }}
          />
        </summary>
        <pre lang="en" className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify({ seq, at, actorId, type, subjectType, subjectId, data, prevHash, hash }, null, 2)}
        </pre>
      </details>
    </Card>
  );
}
