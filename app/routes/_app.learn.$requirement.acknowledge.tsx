import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigation,
} from "@remix-run/react";
import { z } from "zod";
import { Glyph } from "#app/components/glyph.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { courseFor } from "#app/domain/competence/course.server.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { languageOf } from "#app/http/language.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Acknowledge the policies"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const language = await languageOf(request);
  const course = await courseFor(context.db, actor, params["requirement"] ?? "", context.now(), language);
  const { requirement, module, policies, acknowledged } = found(course);
  return { requirement, module: { title: module.title, language: module.language }, policies, acknowledged };
}

const fields = z.object({ policies: z.array(z.string().max(100)).max(50).default([]) });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { policies } = form.value;
  const result = found(
    await acknowledgePolicies(context.db, actor, { requirement, policies }, context.now()),
  );
  if (result.ok) return redirect(`/learn/${requirement}`);
  const t = await translateFor(request);
  const missing = t("Tick this to go on, or read it first and come back.");
  const errors = Object.fromEntries(result.slugs.map((slug) => [slug, missing]));
  return refused({ errors, values: { policies } }, 422);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Acknowledge() {
  const t = useT();
  const langOf = useLangOf();
  const english = langOf(sourceLanguage);
  const { requirement, module, policies, acknowledged } = useLoaderData<typeof loader>();
  const state = useActionData<typeof clientAction>();
  const busy = useNavigation().state === "submitting";
  const refusal = state && "errors" in state ? state : null;
  const ticked = refusal?.values["policies"] ?? [];
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link
            to={`/learn/${requirement.slug}`}
            lang={langOf(module.language)}
            className="underline underline-offset-4"
          >
            {module.title}
          </Link>
        }
        title={t("Acknowledge the policies")}
        lead={t(
          "Confirm that you know these policies and how your work contributes to keeping them. Your confirmation is kept with the version it was given for.",
        )}
      />
      {state && "unreachable" in state ? (
        <Notice tone="warn" role="alert" title={t("Not saved yet")}>
          {t("The server does not answer. Check your connection and confirm again.")}
        </Notice>
      ) : null}
      <Form method="post" className="mt-6 space-y-5">
        {policies.map((policy) => (
          <Card as="section" key={policy.slug}>
            <div className="flex flex-wrap items-baseline justify-between gap-3">
              <h2 lang={english} className="text-lg">
                {policy.title}
              </h2>
              <span className="text-muted text-sm">
                {t("Version {{version}}", { version: policy.version })}
              </span>
            </div>
            <p className="text-muted mt-2 text-sm text-pretty">
              <Rich
                text="<term>What changed:</term> <change/>"
                elements={{
                  term: <span className="font-semibold" />,
                  change: <span lang={english}>{policy.changeNote}</span>,
                }}
              />
            </p>
            {policy.checked && policy.acknowledgedAt === null ? null : (
              <p className="my-4">
                <Link
                  to={`/policies/${policy.slug}?version=${policy.version}`}
                  className="text-accent font-semibold underline underline-offset-4"
                >
                  {t("Read the policy")}
                </Link>
              </p>
            )}
            {policy.acknowledgedAt ? (
              <p className="text-good-ink flex items-center gap-2 text-sm font-medium">
                <Glyph name="check" />
                <span>
                  <Rich
                    text="Acknowledged <day/>"
                    elements={{ day: <Day at={policy.acknowledgedAt.toISOString()} /> }}
                  />
                </span>
              </p>
            ) : policy.checked ? (
              <p className="mt-4">
                <ButtonLink to={`/policies/${policy.slug}/acknowledge?course=${requirement.slug}`}>
                  {t("Read and acknowledge")}
                  <span className="sr-only">
                    : <span lang={english}>{policy.title}</span>
                  </span>
                </ButtonLink>
                {refusal?.errors[policy.slug] ? (
                  <span role="alert" className="text-bad-ink mt-2 block text-sm font-medium">
                    {t("Acknowledge this policy first.")}
                  </span>
                ) : null}
              </p>
            ) : (
              <>
                <Choice
                  type="checkbox"
                  name="policies[]"
                  value={policy.slug}
                  defaultChecked={ticked.includes(policy.slug)}
                  aria-invalid={refusal?.errors[policy.slug] ? true : undefined}
                  aria-describedby={refusal?.errors[policy.slug] ? `${policy.slug}-error` : undefined}
                >
                  <Rich
                    text="I have read the <policy/> and will follow it."
                    elements={{ policy: <span lang={english}>{policy.title}</span> }}
                  />
                </Choice>
                {refusal?.errors[policy.slug] ? (
                  <p
                    id={`${policy.slug}-error`}
                    role="alert"
                    className="text-bad-ink mt-2 text-sm font-medium"
                  >
                    {refusal.errors[policy.slug]}
                  </p>
                ) : null}
              </>
            )}
          </Card>
        ))}
        {acknowledged ? (
          <ButtonLink to={`/learn/${requirement.slug}`}>{t("Back to the overview")}</ButtonLink>
        ) : policies.some((policy) => policy.acknowledgedAt === null && !policy.checked) ? (
          <Button disabled={busy}>{t(busy ? "Saving…" : "Confirm")}</Button>
        ) : null}
      </Form>
    </div>
  );
}
