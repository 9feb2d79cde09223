import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { endSystem } from "#app/domain/competence/person-details.server.ts";
import { systemRoleNames } from "#app/domain/competence/person-details.ts";
import { addedAtOnce, systemPeopleInput } from "#app/domain/competence/system-people.ts";
import {
  addSystemPeople,
  systemPeople,
  type SystemPeopleAdded,
} from "#app/domain/competence/system-people.server.ts";
import { type FormState, parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { AddPeople } from "./add.tsx";

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("Who uses and oversees it"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const slug = params["slug"] ?? "";
  const now = context.now();
  const view = found(await systemPeople(context.db, actor, slug, now));
  return {
    slug,
    view,
    today: now.toISOString().slice(0, 10),
    hasEnded: new URL(request.url).searchParams.has("ended"),
  };
}

const ending = z.object({ personId: z.string(), id: z.uuid() });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const slug = params["slug"] ?? "";
  const t = await translateFor(request);
  // Read twice: which form it is decides how it is read.
  const { intent } = Object.fromEntries(await request.clone().formData());
  if (intent === "end") {
    const form = await parseForm(request, ending);
    if (!form.ok) return form.response;
    const run = found(await endSystem(db, actor, form.value, now));
    if (run.changed === 1) return redirect(`/register/${slug}/people?ended=1`);
    return refused({ message: t("Nothing to change: it says so already.") }, 409);
  }
  const form = await parseForm(request, systemPeopleInput);
  if (!form.ok) return form.response;
  const added = found(await addSystemPeople(db, actor, slug, form.value, now));
  if (added.ok) return data<PeopleState>({ errors: {}, values: {}, added });
  const { reason, count } = added;
  if (reason === "past")
    return refused({ ...form.state, errors: { lastDay: t("The day is over already.") } }, 422);
  if (reason === "nobody")
    return refused({ ...form.state, errors: { emails: t("Nobody here has one of these addresses.") } }, 422);
  const message =
    reason === "not_in_use"
      ? t("This system is not in use: nobody uses or oversees it.")
      : t(
          "These are {{count}} people. Add at most {{most}} at once; a requirement can name a department itself.",
          {
            count,
            most: addedAtOnce,
          },
        );
  return refused({ ...form.state, message }, 409);
}

/** The form as sent, or what came of it. */
export type PeopleState = FormState & { added?: SystemPeopleAdded };

export default function SystemPeoplePage() {
  const t = useT();
  const { slug, view, hasEnded } = useLoaderData<typeof loader>();
  const state: PeopleState = useActionData<typeof action>() ?? { errors: {}, values: {} };
  return (
    <div className="mx-auto max-w-4xl space-y-8">
      <PageHeader
        eyebrow={
          <Link to={`/register/${slug}`} className="underline underline-offset-4">
            {view.name}
          </Link>
        }
        title={t("Who uses and oversees it")}
        lead={t("Requirements that ask the users or overseers of a system go by this.")}
      />
      {state.message ? (
        <Notice tone="bad" role="alert">
          {state.message}
        </Notice>
      ) : state.added ? (
        <Added added={state.added} />
      ) : hasEnded ? (
        <Notice tone="good" role="status">
          {t("It has ended from today.")}
        </Notice>
      ) : null}
      <People />
      {view.mayAdd ? <AddPeople key={state.added ? "done" : "open"} state={state} /> : null}
      {view.usable ? null : (
        <p className="text-muted">{t("This system is not in use: nobody uses or oversees it.")}</p>
      )}
    </div>
  );
}

function Added({ added }: { added: SystemPeopleAdded }) {
  const t = useT();
  return (
    <Notice tone={added.unknown.length > 0 ? "warn" : "good"} role="status">
      <p>
        {t("Recorded for {{count}} people.", { count: added.added })}{" "}
        {t("{{opened}} periods opened, {{ended}} ended.", { opened: added.opened, ended: added.ended })}
      </p>
      {added.already > 0 ? <p>{t("{{count}} were recorded already.", { count: added.already })}</p> : null}
      {added.own ? <p>{t("You were left out: nobody decides about their own record.")}</p> : null}
      {added.unknown.length > 0 ? (
        <p className="wrap-anywhere">
          {t("Nobody here has these addresses: {{addresses}}", { addresses: added.unknown.join(", ") })}
        </p>
      ) : null}
    </Notice>
  );
}

function People() {
  const t = useT();
  const number = useNumber();
  const { view } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const { people, named, counts } = view;
  const total = counts.uses + counts.oversees;
  return (
    <section aria-labelledby="people" className="space-y-4">
      <h2 id="people" className="text-xl">
        {t("Today")}
      </h2>
      <p className="text-muted text-sm">
        {t("Users: {{uses}}. Overseers: {{oversees}}.", {
          uses: number(counts.uses),
          oversees: number(counts.oversees + named.length),
        })}
      </p>
      {named.length > 0 ? (
        <p className="text-sm">
          {t("The register itself names as overseers: {{names}}", {
            names: named.map((one) => one.name).join(", "),
          })}
        </p>
      ) : null}
      {total === 0 ? (
        <EmptyState title={t("Nobody is recorded")}>
          {t("Add those who work with the system, so that requirements about it reach them.")}
        </EmptyState>
      ) : (
        <ul className="divide-line divide-y">
          {people.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <div className="min-w-0">
                <Link
                  to={`/records/${one.personId}`}
                  className="hover:text-accent font-semibold underline-offset-4 hover:underline"
                >
                  {one.name}
                </Link>
                <p className="text-muted text-sm">
                  <span lang="en">{one.department}</span> · {t(systemRoleNames[one.role])} ·{" "}
                  {one.until === null ? (
                    <Rich text="since <day/>" elements={{ day: <Day at={one.from} /> }} />
                  ) : (
                    <Rich
                      text="from <from/> until <until/>"
                      elements={{ from: <Day at={one.from} />, until: <Day at={dayBefore(one.until)} /> }}
                    />
                  )}
                </p>
              </div>
              {one.mayEnd ? (
                <Form method="post">
                  <input type="hidden" name="personId" value={one.personId} />
                  <input type="hidden" name="id" value={one.id} />
                  <Button name="intent" value="end" look="quiet" disabled={busy}>
                    {t("End today")}
                    <span className="sr-only">: {one.name}</span>
                  </Button>
                </Form>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {total > people.length ? (
        <p className="text-muted text-sm">{t("and {{count}} more", { count: total - people.length })}</p>
      ) : null}
    </section>
  );
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
