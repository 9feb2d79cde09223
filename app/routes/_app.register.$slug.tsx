import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ClauseLink } from "#app/components/clause-link.tsx";
import { Glyph } from "#app/components/glyph.tsx";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { SystemStatus } from "#app/components/system-status.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { policyTitles } from "#app/domain/content/policy.server.ts";
import { type DataClass, dataClassNames } from "#app/domain/register/terms.ts";
import { readSystem } from "#app/domain/register/ai-system.server.ts";
import { groupName, personOf } from "#app/domain/register/approval.ts";
import { type AffectedGroup, affectedNames, type Oversight, oversightNames } from "#app/domain/risk/facts.ts";
import { purposeName } from "#app/domain/risk/rule-set.ts";
import { currentRules } from "#app/domain/risk/rule-set.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.system.name ?? "AI register"} · Clause7` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const entry = found(await readSystem(context.db, actor, params["slug"] ?? "", context.now()));
  const rules = await currentRules(context.db);
  const cited = entry.approvals.flatMap((a) => (a.clause ? [a.clause.split("#")[0] ?? ""] : []));
  const titles = await policyTitles(context.db, cited);
  return {
    ...entry,
    approvals: entry.approvals.map((a) => ({
      ...a,
      purposes: a.purposes.map((slug) => purposeName(rules?.body.purposes ?? [], slug)),
      dataClasses: a.dataClasses.map((c) => dataClassNames[c as DataClass]),
      groups: a.groups.filter((g) => personOf(g) === null).map(groupName),
      affected: a.affected?.map((g) => affectedNames[g as AffectedGroup]) ?? null,
      oversights: a.oversights?.map((o) => oversightNames[o as Oversight]) ?? null,
    })),
    titles: Object.fromEntries(titles),
  };
}

type Approval = ReturnType<typeof useLoaderData<typeof loader>>["approvals"][number];

export default function RegisterEntry() {
  const { system, approvals, owner, overseers } = useLoaderData<typeof loader>();
  const usable = system.status === "in_use" || system.status === "pilot";
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/register" className="underline underline-offset-4">
            AI register
          </Link>
        }
        title={system.name}
        lead={system.description}
        actions={<ButtonLink to="/ask">Ask about a use</ButtonLink>}
      />
      <div className="flex flex-wrap gap-2">
        <SystemStatus status={system.status} />
        <RiskBadge riskClass={system.riskClass} />
        {system.highRiskArea ? <Badge>Area: {system.highRiskArea}</Badge> : null}
      </div>
      {usable ? null : (
        <div className="mt-6">
          <Notice tone="bad" title="Not for work">
            {system.status === "rejected"
              ? "This system was assessed and rejected. It is not used, whatever the data."
              : "This system is retired. It is no longer used."}
          </Notice>
        </div>
      )}
      <div className="mt-8 grid items-start gap-8 lg:grid-cols-[1fr_18rem]">
        <section aria-labelledby="approvals" className="min-w-0">
          <h2 id="approvals" className="mb-4 text-xl">
            What it is approved for
          </h2>
          {approvals.length === 0 ? (
            <EmptyState title="No approval">
              Nobody may use this system for anything yet. An approved tool is not an approved use: each
              purpose needs its own.
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
          <h2 className="sr-only">About the system</h2>
          <dl className="space-y-4 text-sm">
            <Detail term="Vendor">{system.vendor}</Detail>
            <Detail term="Hosting">{system.hosting}</Detail>
            <Detail term="Our role under the EU AI Act">
              {system.aiActRole === "deployer" ? "Deployer (we use it)" : "Provider (we offer it)"}
            </Detail>
            <Detail term="Owner">{owner}</Detail>
            <Detail term="Overseers">{overseers.length > 0 ? overseers.join(", ") : "None named"}</Detail>
            <Detail term="Registered">
              <Day at={system.registeredOn} />
            </Detail>
            {system.aliases.length > 0 ? (
              <Detail term="Also called">{system.aliases.join(", ")}</Detail>
            ) : null}
          </dl>
        </aside>
      </div>
    </>
  );
}

function ApprovalText({ approval }: { approval: Approval }) {
  const { titles } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h3 className="text-base">{approval.purposes.join(" · ")}</h3>
        <Badge tone={approval.counts ? "good" : "warn"}>
          <Glyph name={approval.counts ? "check" : "alert"} className="size-3.5" />
          {approval.counts ? "Counts today" : "Does not count today"}
        </Badge>
      </div>
      <dl className="mt-4 grid gap-4 text-sm sm:grid-cols-2">
        <Detail term="With this data">{approval.dataClasses.join(", ")}</Detail>
        <Detail term="By whom">
          {approval.person ? `${approval.person} only` : approval.groups.join(", ")}
        </Detail>
        {approval.affected ? <Detail term="People affected">{approval.affected.join(", ")}</Detail> : null}
        {approval.oversights ? (
          <Detail term="Human say">{approval.oversights.join(", ")}, or more</Detail>
        ) : null}
        <Detail term="Approved">
          <Day at={approval.approvedOn} /> by {approval.approver}
        </Detail>
        <Detail term="Counts until its review">
          <Day at={approval.reviewOn} />
        </Detail>
        {approval.clause ? (
          <Detail term="Rests on">
            <ClauseLink clause={approval.clause} titles={titles} />
          </Detail>
        ) : null}
        {approval.caseId ? (
          <Detail term="Decided in">
            <Link to={`/cases/${approval.caseId}`} className="text-accent underline underline-offset-4">
              a case
            </Link>
          </Detail>
        ) : null}
      </dl>
      {approval.conditions.length > 0 ? (
        <>
          <h4 className="mt-4 text-sm font-semibold">Conditions</h4>
          <ul className="mt-1 list-disc space-y-1 pl-5 text-sm">
            {approval.conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
