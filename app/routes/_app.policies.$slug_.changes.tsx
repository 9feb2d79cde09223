import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { PolicyChangeList } from "#app/components/policy-changes.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { policyChanges } from "#app/domain/policies/change.server.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("What changed"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const slug = params["slug"] ?? "";
  const from = new URL(request.url).searchParams.get("from");
  const { policy, acknowledgedAt } = found(await policyToSign(db, actor, slug, now, sourceLanguage));
  const changes = await policyChanges(db, actor, { slug, from }, now);
  return { slug, title: policy.title, open: acknowledgedAt === null, changes };
}

export default function Changes() {
  const t = useT();
  const { slug, title, open, changes } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          <Link to={`/policies/${slug}`} lang="en" className="underline underline-offset-4">
            {title}
          </Link>
        }
        title={changes?.signedAt ? t("What changed since you signed") : t("What changed")}
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
        <PolicyChangeList changes={changes} />
      ) : (
        <EmptyState title={t("Nothing has changed since")}>
          {t("You have acknowledged the version in force, or none before it.")}
        </EmptyState>
      )}
    </div>
  );
}
