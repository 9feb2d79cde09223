import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { LastDay } from "#app/components/last-day.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { openAcknowledgements } from "#app/domain/competence/acknowledgement-duty.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { readPolicy } from "#app/domain/content/policy.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.policy.title ?? t("Policy"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const version = new URL(request.url).searchParams.get("version");
  const { db } = context;
  const now = context.now();
  const slug = params["slug"] ?? "";
  const page = found(await readPolicy(db, actor, { slug, version }, now));
  const toSign = await policyToSign(db, actor, slug, now, sourceLanguage);
  const open = (await openAcknowledgements(db, now, [actor.id])).find((one) => one.slug === slug);
  const acknowledgement = toSign && {
    at: toSign.acknowledgedAt,
    signed: toSign.signed,
    due: open?.due ?? null,
    mayList: can(actor, "acknowledgement.read"),
  };
  return { ...page, now, acknowledgement };
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
      <AcknowledgementNotice />
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

/** Whether the reader has acknowledged the version in force, and how to; for some, who has. */
function AcknowledgementNotice() {
  const t = useT();
  const { policy, acknowledgement, versions, now } = useLoaderData<typeof loader>();
  if (!acknowledgement || policy.standing !== "in_force") return null;
  const { at, due, signed, mayList } = acknowledgement;
  const changed = signed !== null && signed.version !== policy.version;
  const earlier = versions.some((one) => one.effectiveFrom < policy.effectiveFrom);
  return (
    <Card as="section" className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h2 className="text-base">
          {at
            ? t("You have acknowledged this policy")
            : changed
              ? t("This policy has changed since you signed")
              : t("You have not acknowledged this policy")}
        </h2>
        <p className="text-muted mt-1 text-sm">
          {at ? (
            <Rich text="On <moment/>." elements={{ moment: <Moment at={at.toISOString()} /> }} />
          ) : due ? (
            <Rich
              text={due <= now ? "It was due on <day/>." : "It is due on <day/>."}
              elements={{ day: <LastDay at={due} /> }}
            />
          ) : (
            t("No course of yours asks for it; you may acknowledge it all the same.")
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        {changed || earlier ? (
          <ButtonLink look="secondary" to={`/policies/${policy.slug}/changes`}>
            {changed ? t("What changed since you signed") : t("What changed")}
          </ButtonLink>
        ) : null}
        {at ? null : (
          <ButtonLink to={`/policies/${policy.slug}/acknowledge`} look={due ? "primary" : "secondary"}>
            {t("Acknowledge")}
          </ButtonLink>
        )}
        {mayList ? (
          <ButtonLink look="secondary" to={`/policies/${policy.slug}/acknowledgements`}>
            {t("Who has acknowledged it")}
          </ButtonLink>
        ) : null}
      </div>
    </Card>
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
