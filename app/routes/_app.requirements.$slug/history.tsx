import { useLoaderData } from "@remix-run/react";
import { RuleWords } from "#app/components/rule-words.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import {
  anchorNames,
  certificationWords,
  type Requirement,
  ruleOf,
  triggerNames,
} from "#app/domain/competence/requirement.ts";
import {
  changedFields,
  type RequirementField,
  requirementFieldNames,
} from "#app/domain/competence/requirement-diff.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

type Version = ReturnType<typeof useLoaderData<typeof loader>>["view"]["history"][number];

/** All versions, newest first, each with what it changed in words. */
export function History() {
  const t = useT();
  const { view } = useLoaderData<typeof loader>();
  return (
    <section aria-labelledby="versions">
      <h2 id="versions" className="mb-4 text-xl">
        {t("Versions")}
      </h2>
      {view.history.length === 0 ? <p className="text-muted">{t("None yet.")}</p> : null}
      <ol className="space-y-4">
        {view.history.map((one) => (
          <Card as="li" key={one.number}>
            <h3 className="flex flex-wrap items-center gap-2 text-base">
              {t("Version {{number}}", { number: one.number })}
              {one.ahead ? <Badge tone="info">{t("Not in force yet")}</Badge> : null}
            </h3>
            <p className="text-muted mt-1 text-sm">
              <Rich
                text="<moment/> by {{name}}, in force from {{day}}"
                values={{ name: one.author, day: one.body.effectiveFrom }}
                elements={{ moment: <Moment at={one.at.toISOString()} /> }}
              />
            </p>
            <p className="mt-2 max-w-[65ch] whitespace-pre-line wrap-anywhere">{one.reason}</p>
            {one.ends ? (
              <p className="mt-3 font-medium">{t("Ends the requirement.")}</p>
            ) : one.before ? (
              <Changes before={one.before} after={one.body} />
            ) : null}
          </Card>
        ))}
      </ol>
    </section>
  );
}

function Changes({ before, after }: { before: Requirement; after: Version["body"] }) {
  const t = useT();
  const fields = changedFields(before, after);
  if (fields.length === 0) return <p className="text-muted mt-3 text-sm">{t("Nothing of it changed.")}</p>;
  return (
    <dl className="mt-3 space-y-3 text-sm">
      {fields.map((field) => (
        <div key={field}>
          <dt className="font-semibold">{t(requirementFieldNames[field])}</dt>
          <dd className="mt-1 grid gap-2 sm:grid-cols-2">
            <div>
              <p className="text-muted text-xs">{t("Before")}</p>
              <Value field={field} of={before} />
            </div>
            <div>
              <p className="text-muted text-xs">{t("After")}</p>
              <Value field={field} of={after} />
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ field, of }: { field: RequirementField; of: Requirement }) {
  const t = useT();
  if (field === "appliesTo") return <RuleWords rule={ruleOf(of)} />;
  if (field === "anchor") return <p>{t(anchorNames[of.anchor ?? "completion"])}</p>;
  if (field === "earlyRestarts") return <p>{of.earlyRestarts ? t("Yes") : t("No")}</p>;
  const value = of[field];
  if (field === "triggers" && of.triggers?.length)
    return (
      <ul>
        {of.triggers.map((one) => (
          <li key={one}>{t(triggerNames[one])}</li>
        ))}
      </ul>
    );
  if (field === "accepts" && of.accepts?.length)
    return (
      <ul>
        {of.accepts.map((one) => (
          <li key={one}>{t(basisKindNames[one])}</li>
        ))}
      </ul>
    );
  if (field === "certifications" && of.certifications?.length)
    return (
      <ul lang="en">
        {of.certifications.map((one) => (
          <li key={certificationWords(one)} className="wrap-anywhere">
            {certificationWords(one)}
          </li>
        ))}
      </ul>
    );
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return <p>{t("None")}</p>;
  return (
    <p lang="en" className="wrap-anywhere whitespace-pre-line">
      {Array.isArray(value) ? value.join("\n") : String(value)}
    </p>
  );
}
