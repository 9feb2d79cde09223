import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { readPolicy } from "#app/domain/content/policy.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.policy.title ?? t("Policy"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const version = new URL(request.url).searchParams.get("version");
  return found(await readPolicy(context.db, actor, { slug: params["slug"] ?? "", version }, context.now()));
}

/** `version` and `listed` are the standing of a version with its number, and with its first day. */
const standings = {
  in_force: {
    tone: "good",
    version: msg("In force · version {{version}}"),
    listed: msg("in force, from <day/>"),
  },
  superseded: {
    tone: "warn",
    version: msg("Superseded · version {{version}}"),
    listed: msg("superseded, from <day/>"),
  },
  upcoming: {
    tone: "info",
    version: msg("Not yet in force · version {{version}}"),
    listed: msg("not yet in force, from <day/>"),
  },
} as const;

export default function PolicyText() {
  const t = useT();
  const { policy, sections, owner, approver } = useLoaderData<typeof loader>();
  const standing = standings[policy.standing];
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/policies" className="underline underline-offset-4">
            {t("Policies")}
          </Link>
        }
        title={<span lang="en">{policy.title}</span>}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={standing.tone}>{t(standing.version, { version: policy.version })}</Badge>
            <span>
              <Rich text="from <day/>" elements={{ day: <Day at={policy.effectiveFrom} /> }} />
            </span>
          </span>
        }
      />
      <StandingNotice />
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[1fr_18rem]">
        <article lang="en" className="min-w-0 space-y-10">
          {sections.map((section) => (
            <section key={section.number} aria-labelledby={`s-${section.number}`} className="space-y-4">
              <h2 id={`s-${section.number}`} className="text-xl">
                {section.number} {section.title}
              </h2>
              {section.clauses.map((clause) => (
                <Card
                  as="section"
                  key={clause.number}
                  className="target:border-accent target:ring-accent target:ring-2"
                  id={`c-${clause.number}`}
                >
                  <h3 className="text-base">
                    <a
                      href={`#c-${clause.number}`}
                      className="hover:text-accent underline-offset-4 hover:underline"
                    >
                      {clause.number} {clause.heading}
                    </a>
                  </h3>
                  <div className="prose mt-3" dangerouslySetInnerHTML={{ __html: clause.html }} />
                </Card>
              ))}
            </section>
          ))}
        </article>
        <aside className="space-y-6 lg:sticky lg:top-20">
          <nav aria-label={t("Clauses")} className="text-sm">
            <h2 className="font-semibold">{t("Clauses")}</h2>
            <ul lang="en" className="mt-2 space-y-0.5">
              {sections.flatMap((section) =>
                section.clauses.map((clause) => (
                  <li key={clause.number}>
                    <a href={`#c-${clause.number}`} className="text-muted hover:text-ink block py-1">
                      {clause.number} {clause.heading}
                    </a>
                  </li>
                )),
              )}
            </ul>
          </nav>
          <dl className="border-line space-y-3 border-t pt-4 text-sm">
            <Detail term={t("Owner")}>{owner}</Detail>
            <Detail term={t("Approved by")}>{approver}</Detail>
            <Detail term={t("Review by")}>
              <Day at={policy.reviewOn} />
            </Detail>
            <Detail term={policy.material ? t("Material change") : t("Editorial change")}>
              <span lang="en">{policy.changeNote}</span>
            </Detail>
          </dl>
          <Versions />
        </aside>
      </div>
    </>
  );
}

function StandingNotice() {
  const t = useT();
  const { policy, versions } = useLoaderData<typeof loader>();
  if (policy.standing === "in_force") return null;
  const current = versions.find((v) => v.standing === "in_force");
  const superseded = policy.standing === "superseded";
  return (
    <Notice
      tone={superseded ? "warn" : "info"}
      title={superseded ? t("This version no longer counts") : t("This version does not count yet")}
    >
      {superseded
        ? t("It is kept as evidence of what was in force then.")
        : t("It is shown so that you can prepare.")}{" "}
      {current ? (
        <Link to={`/policies/${policy.slug}`} className="font-semibold underline underline-offset-4">
          {t("Read version {{version}}, which is in force", { version: current.version })}
        </Link>
      ) : null}
    </Notice>
  );
}

function Versions() {
  const t = useT();
  const { policy, versions } = useLoaderData<typeof loader>();
  return (
    <section aria-labelledby="versions" className="border-line border-t pt-4 text-sm">
      <h2 id="versions" className="font-semibold">
        {t("Versions")}
      </h2>
      <ul className="mt-2 space-y-2">
        {versions.map((v) => (
          <li key={v.version}>
            <Link
              to={`/policies/${v.slug}?version=${v.version}`}
              aria-current={v.version === policy.version ? "page" : undefined}
              className="text-accent aria-[current=page]:text-ink font-medium underline underline-offset-4 aria-[current=page]:no-underline"
            >
              {t("Version {{version}}", { version: v.version })}
            </Link>{" "}
            <span className="text-muted">
              <Rich text={standings[v.standing].listed} elements={{ day: <Day at={v.effectiveFrom} /> }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
