import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { RuleWords } from "#app/components/rule-words.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Badge, Card, EmptyState, Meter, PageHeader } from "#app/components/ui/surface.tsx";
import { coverage } from "#app/domain/competence/board.ts";
import { periodStates } from "#app/domain/competence/period-state.ts";
import { ruleOf } from "#app/domain/competence/requirement.ts";
import { requirementList } from "#app/domain/competence/requirement-view.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Requirements"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return requirementList(context.db, actor, context.now());
}

export default function RequirementsPage() {
  const t = useT();
  const { requirements, mayManage } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Requirements")}
        lead={t(
          "Who must prove which competence, how often. Rules decide whom each asks, and run again as people move.",
        )}
        actions={
          mayManage ? <ButtonLink to="/requirements/new">{t("New requirement")}</ButtonLink> : undefined
        }
      />
      {requirements.length === 0 ? (
        <EmptyState title={t("There are no requirements yet")}>
          {t("Content can bring them, or you write one here.")}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {requirements.map((one) => (
            <Listed key={one.body.slug} one={one} />
          ))}
        </ul>
      )}
    </>
  );
}

function Listed({ one }: { one: ReturnType<typeof useLoaderData<typeof loader>>["requirements"][number] }) {
  const t = useT();
  const { body, endedOn, counts, versions } = one;
  const share = coverage(counts);
  const people = periodStates.reduce((sum, state) => sum + counts[state], 0);
  return (
    <Card as="li" className="flex flex-col gap-4">
      <div>
        <h2 lang="en" className="text-base text-pretty">
          <Link
            to={`/requirements/${body.slug}`}
            className="hover:text-accent underline-offset-4 hover:underline"
          >
            {body.title}
          </Link>
        </h2>
        <p className="mt-2 flex flex-wrap gap-2">
          {endedOn ? <Badge tone="warn">{t("Ended")}</Badge> : null}
          <Badge>{t("Every {{count}} months", { count: body.validMonths })}</Badge>
          {versions > 1 ? <Badge>{t("{{count}} versions", { count: versions })}</Badge> : null}
          {one.origin === "browser" ? <Badge tone="info">{t("Edited here")}</Badge> : null}
        </p>
      </div>
      <div className="text-sm">
        <RuleWords rule={ruleOf(body)} />
      </div>
      {endedOn ? null : (
        <div className="mt-auto space-y-2">
          <p className="flex items-baseline justify-between gap-3 text-sm">
            <span>{t("{{count}} people", { count: people })}</span>
            <span className="text-lg font-semibold tabular-nums">
              {share === null ? "–" : `${Math.floor(share * 100 + 1e-9)} %`}
            </span>
          </p>
          <Meter value={share ?? 0} label={t("Competent")} tone="good" />
        </div>
      )}
    </Card>
  );
}
