import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ClauseLink } from "#app/components/clause-link.tsx";
import { Glyph } from "#app/components/glyph.tsx";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { SystemStatus } from "#app/components/system-status.tsx";
import { useWords } from "#app/components/words.ts";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { purposesIn } from "#app/domain/assistant/answer-translation.ts";
import { answerWords } from "#app/domain/assistant/answer-words.ts";
import { riskAreas } from "#app/domain/assistant/page-words.ts";
import { systemPeople } from "#app/domain/competence/system-people.server.ts";
import { policyTitles } from "#app/domain/content/policy.server.ts";
import type { DataClass } from "#app/domain/register/terms.ts";
import { readSystem } from "#app/domain/register/ai-system.server.ts";
import { groupName, personOf } from "#app/domain/register/approval.ts";
import type { AffectedGroup, Oversight } from "#app/domain/risk/facts.ts";
import { purposeName } from "#app/domain/risk/rule-set.ts";
import { currentRules } from "#app/domain/risk/rule-set.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.system.name ?? t("AI register"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const entry = found(await readSystem(context.db, actor, params["slug"] ?? "", context.now()));
  const rules = await currentRules(context.db);
  const language = await languageOf(request);
  const { facts, askBack } = answerWords[language];
  const purposes = rules ? purposesIn(rules.body, language) : [];
  const cited = entry.approvals.flatMap((a) => (a.clause ? [a.clause.split("#")[0] ?? ""] : []));
  const titles = await policyTitles(context.db, cited);
  return {
    ...entry,
    people: can(actor, "requirement.read", {})
      ? await systemPeople(context.db, actor, entry.system.slug, context.now())
      : null,
    approvals: entry.approvals.map((a) => ({
      ...a,
      purposes: a.purposes.map((slug) => purposeName(purposes, slug, askBack.somethingElse)),
      dataClasses: a.dataClasses.map((c) => facts.dataClasses[c as DataClass]),
      groups: a.groups.filter((g) => personOf(g) === null).map(groupName),
      affected: a.affected?.map((g) => facts.affected[g as AffectedGroup]) ?? null,
      oversights: a.oversights?.map((o) => facts.oversights[o as Oversight]) ?? null,
    })),
    titles: Object.fromEntries(titles),
  };
}

type Approval = ReturnType<typeof useLoaderData<typeof loader>>["approvals"][number];

export default function RegisterEntry() {
  const t = useT();
  const number = useNumber();
  const { page, namesInText } = useWords();
  const { system, approvals, owner, overseers, people } = useLoaderData<typeof loader>();
  const known = riskAreas.find((one) => one === system.highRiskArea);
  const area = known ? page.areas[known] : system.highRiskArea;
  const usable = system.status === "in_use" || system.status === "pilot";
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/register" className="underline underline-offset-4">
            {t("AI register")}
          </Link>
        }
        title={system.name}
        lead={<span lang="en">{system.description}</span>}
        actions={<ButtonLink to="/ask">{t("Ask about a use")}</ButtonLink>}
      />
      <div className="flex flex-wrap gap-2">
        <SystemStatus status={system.status} />
        <RiskBadge riskClass={system.riskClass} />
        {area ? (
          <Badge>{t("Area: {{area}}", { area: namesInText === "lower" ? area.toLowerCase() : area })}</Badge>
        ) : null}
      </div>
      {usable ? null : (
        <div className="mt-6">
          <Notice tone="bad" title={t("Not for work")}>
            {system.status === "rejected"
              ? t("This system was assessed and rejected. It is not used, whatever the data.")
              : t("This system is retired. It is no longer used.")}
          </Notice>
        </div>
      )}
      <div className="mt-8 grid items-start gap-8 lg:grid-cols-[1fr_18rem]">
        <section aria-labelledby="approvals" className="min-w-0">
          <h2 id="approvals" className="mb-4 text-xl">
            {t("What it is approved for")}
          </h2>
          {approvals.length === 0 ? (
            <EmptyState title={t("No approval")}>
              {t(
                "Nobody may use this system for anything yet. An approved tool is not an approved use: each purpose needs its own.",
              )}
            </EmptyState>
          ) : (
            <ul className="space-y-4">
              {approvals.map((approval) => (
                <Card as="li" key={approval.id}>
                  <ApprovalText approval={approval} />
                </Card>
              ))}
            </ul>
          )}
        </section>
        <aside>
          <h2 className="sr-only">{t("About the system")}</h2>
          <dl className="space-y-4 text-sm">
            <Detail term={t("Vendor")}>{system.vendor}</Detail>
            <Detail term={t("Hosting")}>
              <span lang="en">{system.hosting}</span>
            </Detail>
            <Detail term={t("Our role under the EU AI Act")}>
              {system.aiActRole === "deployer" ? t("Deployer (we use it)") : t("Provider (we offer it)")}
            </Detail>
            <Detail term={t("Owner")}>{owner}</Detail>
            <Detail term={t("Overseers")}>
              {overseers.length > 0 ? overseers.join(", ") : t("None named")}
            </Detail>
            {people ? (
              <Detail term={t("Who uses and oversees it")}>
                <Link to="people" className="text-accent underline underline-offset-4">
                  {t("Users: {{uses}}. Overseers: {{oversees}}.", {
                    uses: number(people.counts.uses),
                    oversees: number(people.counts.oversees + people.named.length),
                  })}
                </Link>
              </Detail>
            ) : null}
            <Detail term={t("Registered")}>
              <Day at={system.registeredOn} />
            </Detail>
            {system.aliases.length > 0 ? (
              <Detail term={t("Also called")}>{system.aliases.join(", ")}</Detail>
            ) : null}
          </dl>
        </aside>
      </div>
    </>
  );
}

function ApprovalText({ approval }: { approval: Approval }) {
  const t = useT();
  const words = useWords();
  const { titles } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h3 className="text-base">{approval.purposes.join(" · ")}</h3>
        <Badge tone={approval.counts ? "good" : "warn"}>
          <Glyph name={approval.counts ? "check" : "alert"} className="size-3.5" />
          {approval.counts ? t("Counts today") : t("Does not count today")}
        </Badge>
      </div>
      <dl className="mt-4 grid gap-4 text-sm sm:grid-cols-2">
        <Detail term={t("With this data")}>{approval.dataClasses.join(", ")}</Detail>
        <Detail term={t("By whom")}>
          {approval.person ? (
            t("{{name}} only", { name: approval.person })
          ) : (
            <span lang="en">{approval.groups.join(", ")}</span>
          )}
        </Detail>
        {approval.affected ? (
          <Detail term={words.facts.titles.affected}>{approval.affected.join(", ")}</Detail>
        ) : null}
        {approval.oversights ? (
          <Detail term={words.facts.titles.oversight}>
            {t("{{oversights}}, or more", { oversights: approval.oversights.join(", ") })}
          </Detail>
        ) : null}
        <Detail term={t("Approved")}>
          <Rich
            text="<day/> by {{name}}"
            values={{ name: approval.approver }}
            elements={{ day: <Day at={approval.approvedOn} /> }}
          />
        </Detail>
        <Detail term={t("Counts until its review")}>
          <Day at={approval.reviewOn} />
        </Detail>
        {approval.clause ? (
          <Detail term={t("Rests on")}>
            <ClauseLink clause={approval.clause} titles={titles} />
          </Detail>
        ) : null}
        {approval.caseId ? (
          <Detail term={t("Decided in")}>
            <Link to={`/cases/${approval.caseId}`} className="text-accent underline underline-offset-4">
              {t("a case")}
            </Link>
          </Detail>
        ) : null}
      </dl>
      {approval.conditions.length > 0 ? (
        <>
          <h4 className="mt-4 text-sm font-semibold">{t("Conditions")}</h4>
          <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
            {approval.conditions.map((condition) => (
              <li key={condition} lang={approval.caseId ? undefined : "en"}>
                {condition}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
