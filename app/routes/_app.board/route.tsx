import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Glyph } from "#app/components/glyph.tsx";
import { PageLinks } from "#app/components/page-links.tsx";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { asAtOf, asAtParams, asAtQuery, momentOf } from "#app/domain/competence/as-at.ts";
import { type BoardFilter, boardPlace, filterQuery, isNarrowed } from "#app/domain/competence/board.ts";
import { board } from "#app/domain/competence/board.server.ts";
import { workbookRows } from "#app/domain/competence/board-workbook.server.ts";
import { savedViewRefusalWords, viewName } from "#app/domain/competence/saved-view.ts";
import {
  changeView,
  deleteView,
  mayShare,
  saveView,
  viewsFor,
} from "#app/domain/competence/saved-view.server.ts";
import { can, reach } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";
import { useBoardAddress } from "./address.ts";
import { AsAtView } from "./as-at.tsx";
import { Filters } from "./filters.tsx";
import { Matrix } from "./matrix.tsx";
import { PeopleCards } from "./people-cards.tsx";
import { Summary } from "./summary.tsx";
import { Team } from "./team.tsx";
import { Views } from "./views.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Board"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const url = new URL(request.url);
  const search = Object.fromEntries(url.searchParams);
  const views = actor.scope ? [] : await viewsFor(context.db, actor);
  const opens = views.find((view) => view.opens && view.query !== "");
  // Only where nothing is said: filters taken away one by one lead to the whole board.
  if (opens && url.search === "") throw redirect(`/board?${opens.query}`);
  const { after, before, ...filter } = boardPlace.parse(search);
  const asAt = asAtOf(asAtQuery.parse(search), now);
  const params = new URLSearchParams({
    ...Object.fromEntries(new URLSearchParams(filterQuery(filter))),
    ...asAtParams(asAt),
  }).toString();
  const exports = can(actor, "board.export");
  const { people, ...told } = await board(context.db, actor, { filter, after, before, asAt }, now);
  return {
    ...told,
    people: people.map(({ managerId, ...one }) => ({
      ...one,
      /** Whether their record opens: of people further below a manager only where they stand is told. */
      opens: can(actor, "record.read", { personId: one.id, managerId, department: one.department }),
    })),
    filter,
    asAt,
    now,
    today: now.toISOString().slice(0, 10),
    /** Of which the board tells. */
    moment: momentOf(asAt, now),
    place: { ...asAtParams(asAt), ...(opens ? { view: "none" } : {}) },
    narrowed: isNarrowed(filter),
    team: reach(actor, "board.read") === "team",
    views,
    mayShare: mayShare(actor),
    export: exports ? `/board.csv?${params}` : null,
    workbook: exports ? `/board.xlsx?${params}` : null,
    longest: workbookRows,
    tooLong: search["export"] === "long",
    coverage: actor.scope ? null : `/board/trends?${filterQuery(filter)}`,
    act: !actor.scope && asAt === null && reach(actor, "action.open") === "any" ? actOn(filter) : null,
    bulk: can(actor, "waiver.grant") && asAt === null ? `/bulk-actions/new?${filterQuery(filter)}` : null,
  };
}

/** Where an action about the people of a filter is opened. */
const actOn = (filter: BoardFilter): string =>
  `/actions/new?${new URLSearchParams({ board: filterQuery(filter) })}`;

const checked = z.literal("yes").optional();
const named = { name: viewName, shared: checked, opens: checked };
const fields = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), query: z.string().max(2000), ...named }),
  z.object({ intent: z.literal("change"), id: z.uuid(), ...named }),
  z.object({ intent: z.literal("delete"), id: z.uuid() }),
]);

/** Keeps, changes and deletes views of the actor's own. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const sent = form.value;
  if (sent.intent === "delete") {
    found(await deleteView(db, actor, sent.id, now));
    return redirect("/board?view=none");
  }
  const view = { name: sent.name, shared: sent.shared === "yes", opens: sent.opens === "yes" };
  const result =
    sent.intent === "save"
      ? await saveView(db, actor, { ...view, query: sent.query }, now)
      : found(await changeView(db, actor, { ...view, id: sent.id }, now));
  if (!result.ok) {
    const t = await translateFor(request);
    return refused({ ...form.state, errors: { name: t(savedViewRefusalWords[result.reason]) } }, 409);
  }
  const saved = (await viewsFor(db, actor)).find((one) => one.id === result.id);
  return redirect(saved?.query ? `/board?${saved.query}` : "/board?view=none");
}

export default function Board() {
  const t = useT();
  const data = useLoaderData<typeof loader>();
  const number = useNumber();
  const address = useBoardAddress();
  const { people, total, more, narrowed, team, next, previous } = data;
  const nobody = total === 0 && !narrowed;
  return (
    <>
      <PageHeader
        title={t("Competence board")}
        lead={
          team && data.filter.team === "below"
            ? t("Who of everyone below you is competent in what, and who is late.")
            : team
              ? t("Who of your direct reports is competent in what, and who is late.")
              : t("Who is competent in what, who is late, and the evidence behind each entry.")
        }
        actions={
          <>
            {data.coverage ? (
              <ButtonLink to={data.coverage} look="secondary">
                {t("Coverage over time")}
              </ButtonLink>
            ) : null}
            {data.bulk && total > 0 ? (
              <ButtonLink to={data.bulk} look="secondary">
                {narrowed ? t("Do something for these") : t("Do something for all")}
              </ButtonLink>
            ) : null}
            {data.act && total > 0 ? (
              <ButtonLink to={data.act} look="secondary">
                {t("Open a corrective action")}
              </ButtonLink>
            ) : null}
            {data.export && data.workbook && total > 0 ? (
              <>
                <ButtonAnchor href={data.export} look="secondary">
                  <Glyph name="down" />
                  {narrowed ? t("Export these as CSV") : t("Export as CSV")}
                </ButtonAnchor>
                <ButtonAnchor href={data.workbook} look="secondary">
                  <Glyph name="down" />
                  {narrowed ? t("Export these as XLSX") : t("Export as XLSX")}
                </ButtonAnchor>
              </>
            ) : null}
          </>
        }
      />
      {data.tooLong ? (
        <div className="mb-6">
          <Notice tone="warn" role="alert">
            {t(
              "A workbook holds {{number}} rows at most. Narrow the board, or take the CSV, which has no limit.",
              {
                number: number(data.longest),
              },
            )}
          </Notice>
        </div>
      ) : null}
      {team ? <Team /> : null}
      <AsAtView />
      {nobody ? (
        <EmptyState title={team ? t("Nobody reports to you") : t("There is nobody here yet")}>
          {team
            ? t("People appear here once you are named as their manager.")
            : t("People appear here once they are imported.")}
        </EmptyState>
      ) : (
        <>
          <Views />
          <Filters />
          <Summary />
          <section aria-labelledby="people">
            <div className="mt-10 mb-4 flex flex-wrap items-baseline justify-between gap-x-4">
              <h2 id="people" className="text-xl">
                {t("People")}
              </h2>
              <p role="status" className="text-muted text-sm">
                {more
                  ? t("More than {{number}} people match", { number: number(total) })
                  : narrowed
                    ? t("{{count}} people match", { count: total })
                    : t("{{count}} people", { count: total })}
              </p>
            </div>
            {people.length === 0 ? (
              <EmptyState
                title={total === 0 ? t("Nobody matches") : t("This page is empty")}
                action={
                  <ButtonLink to={total === 0 ? "/board?view=none" : address()} look="secondary">
                    {total === 0 ? t("Clear the filters") : t("Go to the first page")}
                  </ButtonLink>
                }
              >
                {total === 0
                  ? t("Try fewer words or another filter.")
                  : t("The people after this point have moved or left.")}
              </EmptyState>
            ) : (
              <>
                <Matrix />
                <PeopleCards />
              </>
            )}
          </section>
          <PageLinks
            back={previous ? { to: address({}, { before: previous }), words: t("Previous") } : null}
            on={next ? { to: address({}, { after: next }), words: t("Next") } : null}
          />
        </>
      )}
    </>
  );
}
