import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { type VerbName, verbs } from "#app/domain/evidence/statement.ts";
import { statementPage } from "#app/domain/evidence/statement-log.server.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Evidence · Clause7" }];

const verbNames = (Object.keys(verbs) as VerbName[]).toSorted();

/** What cannot be filtered by is left out, so that an old bookmark still opens. */
const filters = z.object({
  verb: z.enum(verbNames).optional().catch(undefined),
  person: z.string().trim().max(100).catch(""),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const filter = filters.parse({ person: "", ...Object.fromEntries(new URL(request.url).searchParams) });
  const person = filter.person === "" ? undefined : filter.person;
  const page = await statementPage(context.db, actor, { ...filter, person });
  return { filter, verbNames, ...page };
}

type Entry = ReturnType<typeof useLoaderData<typeof loader>>["entries"][number];

export default function Statements() {
  const { filter, verbNames, entries } = useLoaderData<typeof loader>();
  const narrowed = filter.verb !== undefined || filter.person !== "";
  return (
    <>
      <PageHeader
        title="Evidence"
        lead="Every step that counts, as an xAPI statement, newest first. Statements are only ever added; they name people by a pseudonym, which is resolved here for you."
      />
      <Form
        role="search"
        aria-label="Evidence"
        className="mb-6 grid items-end gap-4 sm:grid-cols-[1fr_12rem_auto]"
      >
        <TextField
          label="Person"
          name="person"
          type="search"
          maxLength={100}
          defaultValue={filter.person}
          placeholder="Name, or part of it"
        />
        <Select label="Verb" name="verb" defaultValue={filter.verb ?? ""}>
          <option value="">All</option>
          {verbNames.map((verb) => (
            <option key={verb}>{verb}</option>
          ))}
        </Select>
        <Button look="secondary">Show</Button>
      </Form>
      {entries.length === 0 ? (
        <EmptyState
          title={narrowed ? "No statement fits" : "No statement yet"}
          action={
            narrowed ? (
              <ButtonLink to="/admin/statements" look="secondary">
                Show all
              </ButtonLink>
            ) : undefined
          }
        >
          {narrowed
            ? "Try another verb, or less of the name."
            : "The first one is written when somebody opens a lesson."}
        </EmptyState>
      ) : (
        <ol className="space-y-2" aria-label="Statements">
          {entries.map((entry) => (
            <StatementRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <Pages />
    </>
  );
}

function StatementRow({ entry }: { entry: Entry }) {
  return (
    <Card as="li" className="py-3! sm:py-3!">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 font-medium text-pretty wrap-anywhere">{entry.line}</p>
        <p className="text-muted flex flex-wrap items-baseline gap-x-3 text-sm">
          <Badge>{entry.verb ?? "foreign verb"}</Badge>
          <Moment at={entry.at.toISOString()} />
        </p>
      </div>
      <details className="mt-1">
        <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
          Statement {entry.seq} in full
        </summary>
        <pre className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify(entry.body, null, 2)}
        </pre>
      </details>
    </Card>
  );
}

function Pages() {
  const { filter, next } = useLoaderData<typeof loader>();
  if (next === null && filter.before === undefined) return null;
  const to = (before?: number): string => {
    const search = new URLSearchParams();
    if (filter.person) search.set("person", filter.person);
    if (filter.verb) search.set("verb", filter.verb);
    if (before !== undefined) search.set("before", String(before));
    return `/admin/statements?${search.toString()}`;
  };
  return (
    <nav aria-label="Pages" className="mt-6 flex flex-wrap justify-between gap-4">
      {filter.before === undefined ? (
        <span />
      ) : (
        <ButtonLink look="secondary" to={to()}>
          Newest
        </ButtonLink>
      )}
      {next === null ? null : (
        <ButtonLink look="secondary" to={to(next)}>
          Older
        </ButtonLink>
      )}
    </nav>
  );
}
