import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { ChangedParts, DiffLegend } from "#app/components/changed-parts.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { changesBetween, versionsOf } from "#app/domain/content/version-list.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => t("Versions of {{title}}", { title: data?.slug ?? "" }));

/** The published versions of a module, and what differs between any two. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const slug = params["slug"] ?? "";
  const versions = await versionsOf(context.db, actor, slug);
  const newest = found(versions[0]);
  const search = new URL(request.url).searchParams;
  const chosen = (name: string) => versions.find((one) => one.version === search.get(name));
  const to = chosen("to") ?? newest;
  const from = chosen("from") ?? versions[versions.indexOf(to) + 1] ?? to;
  const mayReadKeys = can(actor, "content.author") || can(actor, "content.publish");
  return {
    slug,
    versions,
    from: from.version,
    to: to.version,
    mayReadKeys,
    changes: mayReadKeys && from !== to ? await changesBetween(context.db, from.id, to.id) : null,
  };
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Versions() {
  const page = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/author" className="underline underline-offset-4">
            {t("Author")}
          </Link>
        }
        title={t("Versions of {{title}}", { title: page.slug })}
      />
      <div className="grid items-start gap-10 lg:grid-cols-[1fr_20rem]">
        <div className="order-2 min-w-0 lg:order-1">
          <Comparison page={page} />
        </div>
        <List page={page} />
      </div>
    </>
  );
}

function Comparison({ page }: { page: Page }) {
  const { versions, from, to, changes, mayReadKeys } = page;
  const t = useT();
  if (!mayReadKeys)
    return (
      <Notice>{t("The texts hold answer keys. Authors and those who publish compare them here.")}</Notice>
    );
  const choice = (name: "from" | "to", label: string, value: string) => (
    <Select label={label} name={name} key={value} defaultValue={value}>
      {versions.map((one) => (
        <option key={one.id} value={one.version}>
          {one.version}
        </option>
      ))}
    </Select>
  );
  return (
    <>
      <Form method="get" preventScrollReset className="mb-8 flex flex-wrap items-end gap-4">
        {choice("from", t("From version"), from)}
        {choice("to", t("To version"), to)}
        <Button look="secondary">{t("Compare")}</Button>
      </Form>
      {from === to ? (
        <EmptyState title={t("Nothing to compare")}>{t("Choose two versions that differ.")}</EmptyState>
      ) : changes === null ? (
        <Notice>{t("The text of one of these versions was not kept.")}</Notice>
      ) : (
        <section aria-labelledby="changes">
          <h2 id="changes" className="text-xl">
            {t("{{count}} parts differ between {{from}} and {{to}}", { count: changes.length, from, to })}
          </h2>
          <DiffLegend />
          <ChangedParts parts={changes} />
        </section>
      )}
    </>
  );
}

function List({ page }: { page: Page }) {
  const t = useT();
  const langOf = useLangOf();
  return (
    <aside aria-labelledby="versions" className="order-1 lg:order-2">
      <h2 id="versions" className="mb-3 text-lg">
        {t("Published versions")}
      </h2>
      <ol className="divide-line border-line divide-y border-y text-sm">
        {page.versions.map((one) => (
          <li key={one.id} className="space-y-1 py-3">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-semibold">{one.version}</span>
              <Badge tone={one.material ? "warn" : "neutral"}>
                {one.material ? t("Material") : t("Editorial")}
              </Badge>
            </p>
            <p lang={langOf("en")} className="wrap-anywhere">
              {one.changeNote}
            </p>
            <p className="text-muted">
              {one.approver}, <Day at={one.publishedAt.toISOString()} />
            </p>
          </li>
        ))}
      </ol>
    </aside>
  );
}
