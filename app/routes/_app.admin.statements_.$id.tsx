import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { HiddenKeys, StatementJson } from "#app/components/statement-json.tsx";
import { StatementMarks } from "#app/components/statement-marks.tsx";
import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { statementEntry } from "#app/domain/evidence/statement-log.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Statement · Clause7" }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const statement = found(await statementEntry(context.db, actor, idOf(params, "id")));
  return {
    statement,
    mayReadKeys: can(actor, "evidence.read_keys", {}),
    mayProve: can(actor, "audit.read", {}),
    address: `${context.baseUrl}/xapi/statements?statementId=${statement.id}`,
  };
}

type Entry = ReturnType<typeof useLoaderData<typeof loader>>["statement"];

export default function StatementView() {
  const { statement, mayReadKeys, mayProve, address } = useLoaderData<typeof loader>();
  const { line, voidedBy, parts } = statement;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/statements" className="underline underline-offset-4">
            Evidence
          </Link>
        }
        title="Statement"
        lead={<p className="text-ink wrap-anywhere">{line}</p>}
        actions={
          mayProve ? (
            <ButtonAnchor look="secondary" href={`/admin/audit/proof/${statement.id}.json`}>
              Proof that it is sealed
            </ButtonAnchor>
          ) : null
        }
      />
      <div className="space-y-6">
        <p className="flex flex-wrap gap-2">
          <StatementMarks parts={parts} voidedBy={voidedBy} />
        </p>
        {voidedBy === null ? null : (
          <Notice tone="warn" title="This statement was voided">
            It stays as evidence of what was said, and no longer counts.{" "}
            <StatementLink id={voidedBy}>Read the statement that voids it</StatementLink>
          </Notice>
        )}
        <Card>
          <Facts statement={statement} />
        </Card>
        <Card as="section">
          <h2 className="text-lg">As it is stored</h2>
          {parts && parts.json !== null ? (
            <>
              {mayReadKeys ? null : <HiddenKeys />}
              <StatementJson json={parts.json} />
            </>
          ) : (
            <p className="text-muted mt-2">
              It is too long to be shown here. A client that may read statements gets it from{" "}
              <code className="text-ink wrap-anywhere">{address}</code>
            </p>
          )}
        </Card>
      </div>
    </>
  );
}

function Facts({ statement: { seq, id, at, stored, parts } }: { statement: Entry }) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
      <Detail term="Id">
        <span className="font-mono text-sm wrap-anywhere">{id}</span>
      </Detail>
      <Detail term="Happened">
        <Moment at={at.toISOString()} />
      </Detail>
      <Detail term="Stored">
        <Moment at={stored.toISOString()} />, as number {seq.toLocaleString("en-GB")}
      </Detail>
      {parts ? (
        <>
          <Detail term="From">
            <ListLink filter={{ from: parts.client?.key ?? "own" }}>
              {parts.client ? `${parts.client.name} (${parts.client.key})` : "This product"}
            </ListLink>
          </Detail>
          <Detail term="Verb">
            <ListLink filter={{ verb: parts.verbId }}>{parts.verbId}</ListLink>
          </Detail>
          {parts.activity === null ? null : (
            <Detail term="Activity">
              <ListLink filter={{ activity: parts.activity }}>{parts.activity}</ListLink>
            </Detail>
          )}
          {parts.reference === null ? null : (
            <Detail term="Refers to">
              <StatementLink id={parts.reference}>{parts.reference}</StatementLink>
            </Detail>
          )}
          {parts.registration === null ? null : (
            <Detail term="Registration">
              <ListLink filter={{ registration: parts.registration }}>{parts.registration}</ListLink>
            </Detail>
          )}
        </>
      ) : null}
    </dl>
  );
}

const linkLook = "text-accent underline underline-offset-4 wrap-anywhere";

/** To all statements that have this in common. */
function ListLink({ filter, children }: { filter: Record<string, string>; children: ReactNode }) {
  return (
    <Link to={`/admin/statements?${new URLSearchParams(filter).toString()}`} className={linkLook}>
      {children}
    </Link>
  );
}

function StatementLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to={`/admin/statements/${id}`} className={linkLook}>
      {children}
    </Link>
  );
}
