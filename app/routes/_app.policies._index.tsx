import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { listPolicies } from "#app/domain/content/policy.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Policies"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return { policies: await listPolicies(context.db, actor, context.now()) };
}

export default function Policies() {
  const t = useT();
  const { policies } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Policies")}
        lead={t("What counts at work, clause by clause. Answers, lessons and decisions quote these texts.")}
      />
      {policies.length === 0 ? (
        <EmptyState title={t("No policies yet")}>
          {t("They appear here as soon as the organisation publishes its first policy.")}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {policies.map(({ shown, next, versions }) => (
            <Card as="li" key={shown.slug} className="flex flex-col gap-3">
              <div className="flex flex-wrap items-start justify-between gap-2">
                <h2 className="text-lg">
                  <Link
                    to={`/policies/${shown.slug}`}
                    lang="en"
                    className="hover:text-accent underline-offset-4 hover:underline"
                  >
                    {shown.title}
                  </Link>
                </h2>
                <Badge tone={shown.standing === "in_force" ? "good" : "info"}>
                  {shown.standing === "in_force" ? t("In force") : t("Not yet in force")} · {shown.version}
                </Badge>
              </div>
              <p lang="en" className="text-muted text-sm text-pretty">
                {shown.changeNote}
              </p>
              <p className="text-muted mt-auto text-sm">
                <Rich
                  text="Since <since/> · review by <review/>"
                  elements={{
                    since: <Day at={shown.effectiveFrom} />,
                    review: <Day at={shown.reviewOn} />,
                  }}
                />
                {versions > 1 ? ` · ${t("{{count}} versions", { count: versions })}` : ""}
              </p>
              {next ? (
                <p className="text-sm">
                  <Rich
                    text="<next>Version {{version}}</next> comes into force on <day/>."
                    values={{ version: next.version }}
                    elements={{
                      next: (
                        <Link
                          to={`/policies/${next.slug}?version=${next.version}`}
                          className="text-accent font-medium underline underline-offset-4"
                        />
                      ),
                      day: <Day at={next.effectiveFrom} />,
                    }}
                  />
                </p>
              ) : null}
            </Card>
          ))}
        </ul>
      )}
    </>
  );
}
