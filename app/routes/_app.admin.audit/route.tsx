import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { auditPage, auditVerification } from "#app/domain/evidence/audit-log.server.ts";
import { sealPage, sealVerification, unsealed } from "#app/domain/evidence/seal-log.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { Seals, SealVerification } from "./seals.tsx";

export const meta: MetaFunction = () => [{ title: "Audit log · Clause7" }];

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
  const { entries, next, from, seals } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Audit log"
        lead="Who did what, newest first. Each event carries the SHA-256 of the one before it, so that changing or removing any of them breaks every later link."
        actions={
          <ButtonLink to="/admin/audit?verify" look="secondary" prefetch="none">
            Verify now
          </ButtonLink>
        }
      />
      <Verification />
      {seals ? <Seals {...seals} /> : null}
      <h2 className="mb-4 text-xl">Events</h2>
      {entries.length === 0 ? (
        <EmptyState title="No event here">
          {from === undefined
            ? "The first one is written when the organisation is set up."
            : "You have reached the beginning of the chain."}
        </EmptyState>
      ) : (
        <ol className="space-y-2" aria-label="Events">
          {entries.map((entry) => (
            <EventRow key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
      {next === null && from === undefined ? null : (
        <nav aria-label="Pages" className="mt-6 flex flex-wrap justify-between gap-4">
          {from === undefined ? (
            <span />
          ) : (
            <ButtonLink look="secondary" to="/admin/audit">
              Newest
            </ButtonLink>
          )}
          {next === null ? null : (
            <ButtonLink look="secondary" to={`/admin/audit?before=${next}`}>
              Older
            </ButtonLink>
          )}
        </nav>
      )}
    </>
  );
}

function Verification() {
  const { verification, sealCheck } = useLoaderData<typeof loader>();
  if (!verification) return null;
  const { links, broken } = verification;
  const count = links.toLocaleString("en-GB");
  return (
    <div className="mb-6 space-y-3">
      {broken === null ? (
        <Notice tone="good" role="status" title="The chain holds">
          {count} {links === 1 ? "event was" : "events were"} verified just now, from the first to the last.
          None was changed, removed or put in between.
        </Notice>
      ) : (
        <Notice tone="bad" role="alert" title={`The chain is broken at event ${broken}`}>
          The {count} {links === 1 ? "event" : "events"} before it hold. Keep the database as it is, take a
          copy, and compare event {broken} with your newest backup.
        </Notice>
      )}
      {sealCheck ? <SealVerification {...sealCheck} /> : null}
    </div>
  );
}

function EventRow({ entry }: { entry: Entry }) {
  const { seq, at, actorId, type, subjectType, subjectId, data, prevHash, hash } = entry;
  return (
    <Card as="li" className="py-3! sm:py-3!">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="text-muted mr-3 inline-block min-w-12 text-sm tabular-nums">{seq}</span>
          <span className="font-medium">{entry.what}</span>
          <span className="text-muted"> · {entry.actorName}</span>
        </p>
        <p className="text-muted text-sm">
          <Moment at={at.toISOString()} />
        </p>
      </div>
      <details className="mt-1">
        <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
          Details: {subjectType} {subjectId}
        </summary>
        <pre className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify({ seq, at, actorId, type, subjectType, subjectId, data, prevHash, hash }, null, 2)}
        </pre>
      </details>
    </Card>
  );
}
