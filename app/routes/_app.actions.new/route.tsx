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
import { newActionChoices } from "#app/domain/competence/action-list.server.ts";
import {
  actionInput,
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
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Open an action"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const given = (name: string): string => (search.get(name) ?? "").slice(0, 200);
  return {
    ...(await newActionChoices(context.db, actor, search.get("person"))),
    requirement: given("requirement"),
    // Of a case its number alone tells where it came from.
    source: actionSources.find((one) => one === given("source")) ?? (given("case") ? "case" : ""),
    sourceRef: given("case") || given("ref"),
    scope: given("scope"),
    today: context.now().toISOString().slice(0, 10),
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
  const { requirements, person, suggestions, scopes, own, requirement, source, sourceRef, scope, today } =
    useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
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
            defaultValue={sent("scope", scopes.find((one) => one === scope) ?? "person")}
            error={error("scope")}
          >
            {scopes.map((one) => (
              <option key={one} value={one}>
                {t(actionScopeNames[one])}
              </option>
            ))}
          </Select>
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
            defaultValue={sent("nonconformity")}
            error={error("nonconformity")}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <Select
              label={t("How it was noticed")}
              name="source"
              defaultValue={sent("source", source)}
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
