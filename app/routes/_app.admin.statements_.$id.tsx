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
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Statement"));

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
  const t = useT();
  const { statement, mayReadKeys, mayProve, address } = useLoaderData<typeof loader>();
  const { line, voidedBy, parts } = statement;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/statements" className="underline underline-offset-4">
            {t("Evidence")}
          </Link>
        }
        title={t("Statement")}
        lead={
          <p lang="en" className="text-ink wrap-anywhere">
            {line}
          </p>
        }
        actions={
          mayProve ? (
            <ButtonAnchor look="secondary" href={`/admin/audit/proof/${statement.id}.json`}>
              {t("Proof that it is sealed")}
            </ButtonAnchor>
          ) : null
        }
      />
      <div className="space-y-6">
        <p className="flex flex-wrap gap-2">
          <StatementMarks parts={parts} voidedBy={voidedBy} />
        </p>
        {voidedBy === null ? null : (
          <Notice tone="warn" title={t("This statement was voided")}>
            {t("It stays as evidence of what was said, and no longer counts.")}{" "}
            <StatementLink id={voidedBy}>{t("Read the statement that voids it")}</StatementLink>
          </Notice>
        )}
        <Card>
          <Facts statement={statement} />
        </Card>
        <Card as="section">
          <h2 className="text-lg">{t("As it is stored")}</h2>
          {parts && parts.json !== null ? (
            <>
              {mayReadKeys ? null : <HiddenKeys />}
              <StatementJson json={parts.json} />
            </>
          ) : (
            <p className="text-muted mt-2">
              <Rich
                text="It is too long to be shown here. A client that may read statements gets it from <address/>"
                elements={{ address: <code className="text-ink wrap-anywhere">{address}</code> }}
              />
            </p>
          )}
        </Card>
      </div>
    </>
  );
}

function Facts({ statement: { seq, id, at, stored, parts } }: { statement: Entry }) {
  const t = useT();
  const number = useNumber();
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
      <Detail term={t("Id")}>
        <span className="font-mono text-sm wrap-anywhere">{id}</span>
      </Detail>
      <Detail term={t("Happened")}>
        <Moment at={at.toISOString()} />
      </Detail>
      <Detail term={t("Stored")}>
        <Rich
          text="<moment/>, as number {{number}}"
          elements={{ moment: <Moment at={stored.toISOString()} /> }}
          values={{ number: number(seq) }}
        />
      </Detail>
      {parts ? (
        <>
          <Detail term={t("From")}>
            <ListLink filter={{ from: parts.client?.key ?? "own" }}>
              {parts.client ? `${parts.client.name} (${parts.client.key})` : t("This product")}
            </ListLink>
          </Detail>
          <Detail term={t("Verb")}>
            <ListLink filter={{ verb: parts.verbId }}>{parts.verbId}</ListLink>
          </Detail>
          {parts.activity === null ? null : (
            <Detail term={t("Activity")}>
              <ListLink filter={{ activity: parts.activity }}>{parts.activity}</ListLink>
            </Detail>
          )}
          {parts.reference === null ? null : (
            <Detail term={t("Refers to")}>
              <StatementLink id={parts.reference}>{parts.reference}</StatementLink>
            </Detail>
          )}
          {parts.registration === null ? null : (
            <Detail term={t("Registration")}>
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
