import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { fieldOf } from "#app/components/form-text.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Choice, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import {
  attestationInput,
  observationMethodNames,
  observationMethods,
  submissionRefusalWords,
} from "#app/domain/competence/basis.ts";
import { attestCompetence } from "#app/domain/competence/basis.server.ts";
import { attestable } from "#app/domain/competence/basis-view.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Criteria } from "./criteria.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Attest observed competence"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const view = found(await attestable(context.db, actor, params["personId"] ?? ""));
  const slug = new URL(request.url).searchParams.get("requirement");
  const chosen = view.choices.find((one) => one.slug === slug) ?? null;
  return { ...view, chosen, today: context.now().toISOString().slice(0, 10) };
}

/** Two fields for each criterion, told apart by its place. */
const said = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const fields = attestationInput.and(z.object({ requirement: z.string().max(100) }));

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const personId = params["personId"] ?? "";
  const form = await parseForm(request, fields);
  const t = await translateFor(request);
  if (!form.ok) {
    // The criteria are read by the domain: without this they would be told only once the rest is right.
    const { choices } = found(await attestable(context.db, actor, personId));
    const { requirement } = form.state.values;
    const criteria = choices.find((one) => one.slug === requirement)?.criteria ?? [];
    const open = criteria.some((_, i) => !["met", "not_met"].includes(String(form.state.values[`met-${i}`])));
    const unsaid: Record<string, string> = open ? { criteria: t(submissionRefusalWords.unsaid) } : {};
    return refused({ ...form.state, errors: { ...unsaid, ...form.state.errors } }, 422);
  }
  const all = said.parse(form.state.values);
  const text = (name: string): string => (typeof all[name] === "string" ? all[name] : "");
  const places = Array.from({ length: 12 }, (_, i) => ({ met: text(`met-${i}`), note: text(`note-${i}`) }));
  const input = { ...form.value, personId, said: places };
  const done = found(await attestCompetence(context.db, actor, input, context.now()));
  if (!done.ok) {
    const field = done.field === "obtainedOn" ? "observedOn" : done.field;
    return refused({ ...form.state, errors: { [field]: t(submissionRefusalWords[done.reason]) } }, 422);
  }
  return redirect(`/basis/${done.id}?done=submitted`);
}

export default function Attestation() {
  const t = useT();
  const { person, choices, chosen } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/records/${person.id}`} className="underline underline-offset-4">
            {person.name}
          </Link>
        }
        title={t("Attest observed competence")}
        lead={t(
          "Say criterion by criterion what you have seen. HR decides whether it counts; a criterion that is not met never does.",
        )}
      />
      {choices.length === 0 ? (
        <EmptyState title={t("Nothing can be attested")}>
          {t("No requirement of this person accepts observed competence: only their training counts.")}
        </EmptyState>
      ) : chosen ? (
        <AttestationForm />
      ) : (
        <ul className="space-y-3">
          {choices.map(({ slug, title }) => (
            <Card as="li" key={slug} className="flex flex-wrap items-center justify-between gap-3">
              <h2 lang="en" className="text-lg">
                {title}
              </h2>
              <ButtonLink
                to={`?requirement=${slug}`}
                look="secondary"
                aria-label={t("Attest: {{title}}", { title })}
              >
                {t("Attest")}
              </ButtonLink>
            </Card>
          ))}
        </ul>
      )}
    </div>
  );
}

function AttestationForm() {
  const t = useT();
  const { chosen, today } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const sent = (name: string): string => {
    const value = state?.values[name];
    return typeof value === "string" ? value : "";
  };
  if (!chosen) return null;
  return (
    <Card as="section">
      <h2 lang="en" className="mb-4 text-lg">
        {chosen.title}
      </h2>
      {state ? (
        <div className="mb-5">
          <Notice tone="bad" role="alert" title={t("Not saved yet")}>
            {state.errors["criteria"] ?? t("Something is missing or does not fit.")}
          </Notice>
        </div>
      ) : null}
      <Form method="post" className="space-y-6" noValidate>
        <input type="hidden" name="requirement" value={chosen.slug} />
        <Criteria criteria={chosen.criteria} sent={sent} unsaid={state?.errors["criteria"] !== undefined} />
        <fieldset>
          <legend className="mb-2 text-sm font-semibold">{t("How you saw it")}</legend>
          {state?.errors["method"] ? (
            <p className="text-bad-ink mb-2 text-sm font-medium">{state.errors["method"]}</p>
          ) : null}
          <div className="grid gap-2.5 sm:grid-cols-3">
            {observationMethods.map((method) => (
              <Choice
                key={method}
                type="radio"
                name="method"
                value={method}
                defaultChecked={sent("method") === method}
              >
                {t(observationMethodNames[method])}
              </Choice>
            ))}
          </div>
        </fieldset>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField label={t("Seen on")} {...fieldOf(state, "observedOn")} type="date" max={today} />
          <TextField label={t("Valid until (if it ends)")} {...fieldOf(state, "validUntil")} type="date" />
        </div>
        <TextArea
          label={t("What you saw")}
          {...fieldOf(state, "note")}
          rows={4}
          maxLength={1000}
          hint={t("The person, HR and auditors read it.")}
        />
        <Button disabled={busy}>{busy ? t("Saving…") : t("Submit")}</Button>
      </Form>
    </Card>
  );
}
