import { useLoaderData } from "@remix-run/react";
import { valueName } from "#app/components/rule-words.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import { systemRoleNames } from "#app/domain/competence/person-details.ts";
import { roleNames } from "#app/domain/people/role.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Where the person worked that day, and as what. */
export function DetailsThen() {
  const t = useT();
  const { person, details, asAt } = useLoaderData<typeof loader>();
  if (details === null)
    return (
      <div className="mb-6">
        <Notice>
          {asAt.known === "then"
            ? t("By that day nothing had been recorded of {{name}}.", { name: person.name })
            : t("{{name}} had not come yet that day.", { name: person.name })}
        </Notice>
      </div>
    );
  const { audiences, roles, systems, leftOn } = details;
  const gone = leftOn !== null && leftOn <= asAt.day;
  return (
    <Card as="section" className="mb-6">
      <h2 className="mb-3 text-lg">{t("Details of that day")}</h2>
      <dl className="grid gap-3 text-sm sm:grid-cols-3">
        <Detail term={t("Department")}>{details.department}</Detail>
        <Detail term={t("Job title")}>{details.title}</Detail>
        <Detail term={t("Manager")}>{details.manager ?? t("None")}</Detail>
        <Detail term={t("Location")}>{details.location}</Detail>
        <Detail term={t("Type of employment")}>{details.employmentType}</Detail>
        <Detail term={t("Share of work at a computer (%)")}>{details.computerShare}</Detail>
        <Detail term={t("Audiences")}>
          <span lang="en">{audiences.map((one) => valueName("audience", one)).join(", ")}</span>
        </Detail>
        <Detail term={t("Roles")}>{roles.map((one) => t(roleNames[one])).join(", ")}</Detail>
        <Detail term={t("AI systems")}>
          {systems.length === 0 ? t("None recorded.") : null}
          {systems.map(({ name, role }) => (
            <span key={`${name} ${role}`} className="block">
              <span lang="en">{name}</span> · {t(systemRoleNames[role])}
            </span>
          ))}
        </Detail>
        <Detail term={t("First day of work")}>
          <Day at={details.hiredOn} />
        </Detail>
        {gone ? (
          <Detail term={t("Left on")}>
            <Day at={leftOn} />
          </Detail>
        ) : null}
      </dl>
    </Card>
  );
}
