import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button, ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { EmptyState, Meter, PageHeader } from "#app/components/ui/surface.tsx";
import {
  acknowledgementFilter,
  acknowledgementQuery,
  acknowledgementStateNames,
  acknowledgementStates,
} from "#app/domain/competence/acknowledgement-duty.ts";
import { acknowledgementList } from "#app/domain/competence/acknowledgement-list.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";
import { PeopleTable } from "./people-table.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Acknowledgements"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const filter = acknowledgementFilter.parse(Object.fromEntries(search));
  const input = { slug: params["slug"] ?? "", filter, page: Number(search.get("page")) || 1 };
  return { filter, list: found(await acknowledgementList(context.db, actor, input, context.now())) };
}

export default function Acknowledgements() {
  const t = useT();
  const number = useNumber();
  const { filter, list } = useLoaderData<typeof loader>();
  const { policy, departments, total } = list;
  const asked = departments.reduce((sum, one) => sum + one.asked, 0);
  const given = departments.reduce((sum, one) => sum + one.given, 0);
  const query = acknowledgementQuery(filter);
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to={`/policies/${policy.slug}`} lang="en" className="underline underline-offset-4">
            {policy.title}
          </Link>
        }
        title={t("Acknowledgements of version {{version}}", { version: policy.version })}
        lead={t("{{given}} of {{asked}} have acknowledged it as it must be today.", {
          given: number(given),
          asked: number(asked),
        })}
        actions={
          <ButtonAnchor
            look="secondary"
            href={`/policies/${policy.slug}/acknowledgements.csv${query ? `?${query}` : ""}`}
          >
            {t("Export (CSV)")}
          </ButtonAnchor>
        }
      />
      <section aria-labelledby="departments" className="mb-8">
        <h2 id="departments" className="mb-3 text-lg">
          {t("By department")}
        </h2>
        <ul className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
          {departments.map((one) => (
            <li key={one.name} className="text-sm">
              <p className="mb-1 flex justify-between gap-3">
                <span className="font-medium">{one.name}</span>
                <span className="text-muted">
                  {t("{{given}} of {{asked}}", { given: number(one.given), asked: number(one.asked) })}
                </span>
              </p>
              <Meter value={one.given / one.asked} label={one.name} />
            </li>
          ))}
        </ul>
      </section>
      <Form
        key={query}
        role="search"
        aria-label={t("Acknowledgements")}
        className="mb-6 grid items-end gap-3 sm:grid-cols-[1.4fr_1fr_1fr_auto]"
      >
        <TextField
          label={t("Search")}
          name="q"
          type="search"
          maxLength={100}
          defaultValue={filter.q ?? ""}
          placeholder={t("Name or e-mail")}
        />
        <Select label={t("Department")} name="department" defaultValue={filter.department ?? ""}>
          <option value="">{t("All")}</option>
          {departments.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select label={t("Status")} name="state" defaultValue={filter.state ?? ""}>
          <option value="">{t("All")}</option>
          {acknowledgementStates.map((state) => (
            <option key={state} value={state}>
              {t(acknowledgementStateNames[state])}
            </option>
          ))}
        </Select>
        <Button look="secondary">{t("Show")}</Button>
      </Form>
      <p role="status" className="text-muted mb-3 text-sm">
        {t("{{count}} people match", { count: total })}
      </p>
      {total === 0 ? (
        <EmptyState
          title={t("Nobody matches")}
          action={
            <ButtonLink look="secondary" to={`/policies/${policy.slug}/acknowledgements`}>
              {t("Show everybody")}
            </ButtonLink>
          }
        />
      ) : (
        <PeopleTable rows={list.rows} />
      )}
      <Pages />
    </>
  );
}

function Pages() {
  const t = useT();
  const number = useNumber();
  const { filter, list } = useLoaderData<typeof loader>();
  const { page, pages, policy } = list;
  if (pages === 1) return null;
  const address = (to: number): string => {
    const query = new URLSearchParams(acknowledgementQuery(filter));
    query.set("page", String(to));
    return `/policies/${policy.slug}/acknowledgements?${query}`;
  };
  return (
    <nav aria-label={t("Pages")} className="mt-6 flex flex-wrap items-center gap-4">
      {page > 1 ? (
        <ButtonLink look="secondary" to={address(page - 1)} rel="prev">
          {t("Previous page")}
        </ButtonLink>
      ) : null}
      <span className="text-muted text-sm">
        {t("Page {{page}} of {{pages}}", { page: number(page), pages: number(pages) })}
      </span>
      {page < pages ? (
        <ButtonLink look="secondary" to={address(page + 1)} rel="next">
          {t("Next page")}
          <Glyph name="right" />
        </ButtonLink>
      ) : null}
    </nav>
  );
}
