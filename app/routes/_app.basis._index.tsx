import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { BasisBadge } from "#app/components/basis-badge.tsx";
import { NumberedPageLinks } from "#app/components/page-links.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { ViewLinks } from "#app/components/view-links.tsx";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import { basisQueue } from "#app/domain/competence/basis-view.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Proofs of competence"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const view = z.enum(["waiting", "decided"]).catch("waiting").parse(search.get("view"));
  const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(search.get("page"));
  return { view, page, ...(await basisQueue(context.db, actor, { view, page })) };
}

export default function BasisQueue() {
  const t = useT();
  const { view, page, rows, more, waiting } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Proofs of competence")}
        lead={t(
          "Education, external training, experience and observed competence that people and managers have submitted. You decide whether they count; not your own.",
        )}
        actions={
          <ButtonLink to="/import/records" look="secondary">
            {t("Import earlier records")}
          </ButtonLink>
        }
      />
      <ViewLinks
        label={t("Views")}
        views={[
          { to: "/basis", name: t("Waiting"), count: waiting, current: view === "waiting" },
          { to: "/basis?view=decided", name: t("Decided"), count: null, current: view === "decided" },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState
          title={view === "waiting" ? t("Nothing waits for a decision") : t("Nothing is decided yet")}
        >
          {t("People submit proofs from their record, managers attest from the records of their reports.")}
        </EmptyState>
      ) : (
        <ol className="space-y-3">
          {rows.map((row) => (
            <Card as="li" key={row.id} className="relative">
              <div className="flex flex-wrap items-center gap-2">
                <BasisBadge state={row.state} />
                <Badge>{t(basisKindNames[row.kind])}</Badge>
              </div>
              <h2 className="mt-2 text-base wrap-anywhere">
                <Link to={`/basis/${row.id}`} className="hover:text-accent after:absolute after:inset-0">
                  {row.person}: {row.title}
                </Link>
              </h2>
              <p className="text-muted mt-1 text-sm">
                <Rich
                  text="submitted <day/> by {{name}}"
                  values={{ name: row.submittedBy }}
                  elements={{ day: <Day at={row.submittedAt.toISOString()} /> }}
                />
                {row.requirement ? (
                  <>
                    {" · "}
                    <span lang="en">{row.requirement.title}</span>
                  </>
                ) : null}
              </p>
            </Card>
          ))}
        </ol>
      )}
      <NumberedPageLinks page={page} more={more} to={(n) => `/basis?view=${view}&page=${n}`} />
    </>
  );
}
