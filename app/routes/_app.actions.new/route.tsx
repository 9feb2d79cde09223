import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { newActionChoices } from "#app/domain/competence/action-people.server.ts";
import {
  actionInput,
  actionPeopleLimit,
  actionRefusalWords,
  actionScopeNames,
  actionSourceNames,
  actionSources,
} from "#app/domain/competence/corrective-action.ts";
import { openAction } from "#app/domain/competence/corrective-action.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Open an action"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const now = context.now();
  const given = (name: string, longest = 200): string => (search.get(name) ?? "").slice(0, longest);
  const of = {
    personId: search.get("person"),
    board: search.get("board"),
    ids: given("people", 20_000).split(",").filter(Boolean),
  };
  const source = actionSources.find((one) => one === search.get("source"));
  return {
    ...(await newActionChoices(context.db, actor, of, now)),
    requirement: given("requirement"),
    // Of a case its number alone tells where it came from.
    source: source ?? (search.has("case") ? "case" : ""),
    sourceRef: given("ref") || given("case"),
    scope: given("scope"),
    gap: given("gap", 2000),
    limit: actionPeopleLimit,
    today: now.toISOString().slice(0, 10),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, actionInput);
  if (!form.ok) return form.response;
  const opened = found(await openAction(context.db, actor, form.value, context.now()));
  if (!opened.ok) {
    const t = await translateFor(request);
    return refused({ ...form.state, errors: { [opened.field]: t(actionRefusalWords[opened.reason]) } }, 422);
  }
  return redirect(`/actions/${opened.id}`);
}

export default function NewAction() {
  const t = useT();
  const loaded = useLoaderData<typeof loader>();
  const { requirements, person, people, suggestions, scopes, own, requirement, sourceRef, scope, today } =
    loaded;
  const { members, tooMany } = people;
  const state = useActionData<typeof action>();
  const number = useNumber();
  const busy = useNavigation().state !== "idle";
  const sent = (name: string, usual = ""): string => {
    const value = state?.values[name];
    return typeof value === "string" ? value : usual;
  };
  const error = (name: string): string | undefined => state?.errors[name];
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to="/actions" className="underline underline-offset-4">
            {t("Corrective actions")}
          </Link>
        }
        title={t("Open an action")}
        lead={t("Describe the gap now; cause and plan follow in the next step.")}
      />
      {state ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert" title={t("Not saved yet")}>
            {state.message ?? t("Something is missing or does not fit.")}
          </Notice>
        </div>
      ) : null}
      {tooMany === null ? null : (
        <div className="mb-6">
          <Notice tone="warn" role="alert">
            {t("These are {{number}} people; an action is about {{limit}} at most. Narrow the board first.", {
              number: number(tooMany),
              limit: number(loaded.limit),
            })}
          </Notice>
        </div>
      )}
      <Card as="section">
        <Form method="post" className="space-y-5" noValidate>
          <datalist id="people">
            {suggestions.map(({ email, name }) => (
              <option key={email} value={email}>
                {name}
              </option>
            ))}
          </datalist>
          <Select
            label={t("Whom it concerns")}
            name="scope"
            defaultValue={sent(
              "scope",
              members.length > 0 ? "people" : (scopes.find((one) => one === scope) ?? "person"),
            )}
            error={error("scope")}
          >
            {scopes.map((one) => (
              <option key={one} value={one}>
                {t(actionScopeNames[one])}
              </option>
            ))}
          </Select>
          {members.length > 0 ? <Members members={members} /> : null}
          <TextField
            label={t("Person (e-mail)")}
            name="person"
            type="email"
            list="people"
            hint={t("For an action about one person.")}
            defaultValue={sent("person", person?.email)}
            error={error("person")}
          />
          {scopes.length > 1 ? (
            <TextField
              label={t("Department or audience")}
              name="group"
              maxLength={100}
              hint={t("For an action about a group.")}
              defaultValue={sent("group")}
              error={error("group")}
            />
          ) : null}
          <Select
            label={t("Requirement (if it is about one)")}
            name="requirement"
            defaultValue={sent("requirement", requirement)}
          >
            <option value="">{t("None")}</option>
            {requirements.map(({ slug, title }) => (
              <option key={slug} value={slug} lang="en">
                {title}
              </option>
            ))}
          </Select>
          <TextArea
            label={t("The gap")}
            name="nonconformity"
            rows={4}
            maxLength={2000}
            hint={t("What should be, and what was found instead. No names of others, no diagnoses.")}
            defaultValue={sent("nonconformity", loaded.gap)}
            error={error("nonconformity")}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <Select
              label={t("How it was noticed")}
              name="source"
              defaultValue={sent("source", loaded.source)}
              error={error("source")}
            >
              <option value="">{t("Please choose")}</option>
              {actionSources.map((one) => (
                <option key={one} value={one}>
                  {t(actionSourceNames[one])}
                </option>
              ))}
            </Select>
            <TextField
              label={t("Its number or reference")}
              name="sourceRef"
              maxLength={200}
              defaultValue={sent("sourceRef", sourceRef)}
              error={error("sourceRef")}
            />
            <TextField
              label={t("Owner (e-mail)")}
              name="owner"
              type="email"
              list="people"
              defaultValue={sent("owner", own)}
              error={error("owner")}
            />
            <TextField
              label={t("Due on")}
              name="dueOn"
              type="date"
              min={today}
              defaultValue={sent("dueOn")}
              error={error("dueOn")}
            />
          </div>
          <Button disabled={busy}>{busy ? t("Saving…") : t("Open the action")}</Button>
        </Form>
      </Card>
    </div>
  );
}

/** Whom an action about several people is about; they travel with the form. */
function Members({ members }: { members: readonly { id: string; name: string }[] }) {
  const t = useT();
  return (
    <details>
      <summary className="text-accent inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold">
        {t("{{count}} people chosen on the board", { count: members.length })}
      </summary>
      <ul className="mt-1 grid gap-1 text-sm sm:grid-cols-2">
        {members.map(({ id, name }) => (
          <li key={id}>
            <input type="hidden" name="member[]" value={id} />
            {name}
          </li>
        ))}
      </ul>
    </details>
  );
}
