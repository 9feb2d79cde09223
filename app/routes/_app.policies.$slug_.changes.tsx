import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { PolicyChangeList } from "#app/components/policy-changes.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { type PolicyChanges, policyChanges } from "#app/domain/policies/change.server.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { localeOf } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useLanguage, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("What changed"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const slug = params["slug"] ?? "";
  const search = new URL(request.url).searchParams;
  const [from, to] = [search.get("from"), search.get("to")];
  const { policy, acknowledgedAt } = found(await policyToSign(db, actor, slug, now, sourceLanguage));
  const changes = await policyChanges(db, actor, { slug, from, to }, now);
  return { slug, title: policy.title, open: acknowledgedAt === null, changes };
}

export default function Changes() {
  const t = useT();
  const { slug, title, open, changes } = useLoaderData<typeof loader>();
  const sinceSigned =
    changes !== null && changes.signedAt !== null && changes.to.version === changes.versions[0]?.version;
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          <Link to={`/policies/${slug}`} lang="en" className="underline underline-offset-4">
            {title}
          </Link>
        }
        title={sinceSigned ? t("What changed since you signed") : t("What changed")}
        lead={
          changes ? (
            <span>
              <Rich
                text="From version {{from}} to version {{to}}, in force since <day/>."
                values={{ from: changes.from.version, to: changes.to.version }}
                elements={{ day: <Day at={changes.to.effectiveFrom} /> }}
              />{" "}
              {changes.signedAt ? (
                <Rich
                  text="You acknowledged version {{version}} on <day/>."
                  values={{ version: changes.from.version }}
                  elements={{ day: <Day at={changes.signedAt.toISOString()} /> }}
                />
              ) : null}
            </span>
          ) : null
        }
        actions={
          open ? (
            <ButtonLink to={`/policies/${slug}/acknowledge`}>{t("Read and acknowledge")}</ButtonLink>
          ) : null
        }
      />
      {changes ? (
        <>
          <Versions changes={changes} />
          <PolicyChangeList changes={changes} />
        </>
      ) : (
        <EmptyState title={t("There are no two versions to compare")}>
          {t("Once a further version is in force, this page shows what it changed.")}
        </EmptyState>
      )}
    </div>
  );
}

/** Which two versions are compared. */
function Versions({ changes: { versions, from, to } }: { changes: PolicyChanges }) {
  const t = useT();
  const days = new Intl.DateTimeFormat(localeOf(useLanguage()), { dateStyle: "medium", timeZone: "UTC" });
  const options = versions.map(({ version, effectiveFrom }) => (
    <option key={version} value={version}>
      {t("{{version}}, from {{day}}", { version, day: days.format(new Date(effectiveFrom)) })}
    </option>
  ));
  return (
    <Form
      key={`${from.version} ${to.version}`}
      className="mb-8 grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]"
    >
      <Select label={t("Earlier version")} name="from" defaultValue={from.version}>
        {options}
      </Select>
      <Select label={t("Later version")} name="to" defaultValue={to.version}>
        {options}
      </Select>
      <Button look="secondary">{t("Compare")}</Button>
    </Form>
  );
}
