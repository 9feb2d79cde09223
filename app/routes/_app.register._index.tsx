import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { SystemStatus } from "#app/components/system-status.tsx";
import { useWords } from "#app/components/words.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { systemRiskClasses, systemStatuses } from "#app/domain/register/terms.ts";
import { listSystems } from "#app/domain/register/ai-system.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("AI register"));

/** What cannot be filtered by is left out, so that an old bookmark still opens. */
const filters = z.object({
  q: z.string().trim().max(100).catch(""),
  status: z.enum(systemStatuses).or(z.literal("")).catch(""),
  riskClass: z.enum(systemRiskClasses).or(z.literal("")).catch(""),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const filter = filters.parse({
    q: search.get("q") ?? "",
    status: search.get("status") ?? "",
    riskClass: search.get("risk") ?? "",
  });
  return { filter, ...(await listSystems(context.db, actor, filter, context.now())) };
}

export default function Register() {
  const t = useT();
  const words = useWords();
  const { systems, all, filter } = useLoaderData<typeof loader>();
  const narrowed = filter.q !== "" || filter.status !== "" || filter.riskClass !== "";
  return (
    <>
      <PageHeader
        title={t("AI register")}
        lead={t(
          "Every AI system at work: what it may be used for, with which data and by whom. A tool that is not listed is not used.",
        )}
      />
      <Form
        role="search"
        aria-label={t("Register")}
        className="mb-6 grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[1fr_12rem_12rem_auto]"
      >
        <TextField
          label={t("Search")}
          name="q"
          type="search"
          maxLength={100}
          defaultValue={filter.q}
          placeholder={t("Name, vendor or what it does")}
        />
        <Select label={t("Status")} name="status" defaultValue={filter.status}>
          <option value="">{t("All")}</option>
          {systemStatuses.map((status) => (
            <option key={status} value={status}>
              {words.systemStatuses[status]}
            </option>
          ))}
        </Select>
        <Select label={t("Risk class")} name="risk" defaultValue={filter.riskClass}>
          <option value="">{t("All")}</option>
          {systemRiskClasses.map((riskClass) => (
            <option key={riskClass} value={riskClass}>
              {words.riskClasses[riskClass]}
            </option>
          ))}
        </Select>
        <Button look="secondary">{t("Show")}</Button>
      </Form>
      <p role="status" className="text-muted mb-4 text-sm">
        {narrowed
          ? t("{{shown}} of {{count}} systems", { shown: systems.length, count: all })
          : t("{{count}} systems", { count: all })}
      </p>
      {systems.length === 0 ? (
        <EmptyState
          title={narrowed ? t("No system fits") : t("The register is empty")}
          action={
            narrowed ? (
              <ButtonLink to="/register" look="secondary">
                {t("Show all")}
              </ButtonLink>
            ) : undefined
          }
        >
          {narrowed
            ? t(
                "Try fewer words or another filter. A tool you cannot find is not approved: ask before you use it.",
              )
            : t("Systems appear here once they are registered.")}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {systems.map((system) => (
            <Card as="li" key={system.slug} className="flex flex-col gap-3">
              <div>
                <h2 className="text-lg">
                  <Link
                    to={`/register/${system.slug}`}
                    className="hover:text-accent underline-offset-4 hover:underline"
                  >
                    {system.name}
                  </Link>
                </h2>
                <p className="text-muted text-sm">{system.vendor}</p>
              </div>
              <p lang="en" className="text-sm text-pretty">
                {system.description}
              </p>
              <div className="mt-auto flex flex-wrap items-center gap-2">
                <SystemStatus status={system.status} />
                <RiskBadge riskClass={system.riskClass} />
              </div>
              <p className="text-muted text-sm">
                {system.approvalsInForce === 0
                  ? t("No approval counts today")
                  : t("{{count}} approvals count today", { count: system.approvalsInForce })}
              </p>
            </Card>
          ))}
        </ul>
      )}
    </>
  );
}
