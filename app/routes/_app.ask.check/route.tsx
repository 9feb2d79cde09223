import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { checkUse, useChoices } from "#app/domain/assistant/use-check.server.ts";
import { useForm } from "#app/domain/assistant/use-form.ts";
import { waitText } from "#app/http/ask-wait.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Circumstances, People } from "./circumstances.tsx";
import { Data } from "./data.tsx";
import { Purposes } from "./purposes.tsx";
import { Tool } from "./tool.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Check a use"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return useChoices(context.db, actor, await languageOf(request));
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, useForm);
  if (!form.ok) return form.response;
  const { db } = context;
  const t = await translateFor(request);
  const waiting = await context.askLimit(actor.id);
  if (waiting) {
    const message = `${waitText(t, waiting)} ${t("Your choices are still here.")}`;
    return refused({ ...form.state, message }, 429, { "Retry-After": String(waiting.retryAfter) });
  }
  const language = await languageOf(request);
  const asked = await checkUse(db, actor, { ...form.value, language }, context.now());
  if (!asked.ok)
    return refused(
      { ...form.state, message: t("One of the choices is not offered any more. Load the page again.") },
      422,
    );
  throw redirect(`/ask/${asked.questionId}`);
}

export type Choices = ReturnType<typeof useLoaderData<typeof loader>>;
/** What was sent, by the name of the field: nothing before the first time. */
export type Sent = Record<string, string | string[]>;

export default function CheckUse() {
  const t = useT();
  const choices = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const sent: Sent = state?.values ?? {};
  const errors: Record<string, string> = state?.errors ?? {};
  const refusal = state?.message ?? Object.values(errors)[0];
  const alert = useRef<HTMLDivElement>(null);
  // The form is long: whoever sent it stands at its end.
  useEffect(() => {
    if (state) alert.current?.focus();
  }, [state]);
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/ask" className="underline underline-offset-4">
            {t("Ask")}
          </Link>
        }
        title={t("Check a use step by step")}
        lead={t(
          "Choose what fits. Leave out what you do not know yet: you are asked about it when it matters. The same rules decide as for a question.",
        )}
      />
      <Form method="post" className="max-w-4xl space-y-6" noValidate>
        {refusal ? (
          <div ref={alert} tabIndex={-1}>
            <Notice tone="warn" role="alert">
              {refusal}
            </Notice>
          </div>
        ) : null}
        <Card as="section">
          <Tool tools={choices.tools} sent={sent} error={errors["toolName"]} />
        </Card>
        <Card as="section">
          <Purposes groups={choices.purposes} sent={sent} />
        </Card>
        <Card as="section">
          <Data sent={sent} />
        </Card>
        <Card as="section" className="space-y-8">
          <People sent={sent} />
        </Card>
        <Card as="section" className="space-y-8">
          <Circumstances sent={sent} />
        </Card>
        <div className="flex flex-wrap items-center gap-4">
          <Button disabled={busy}>{busy ? t("Judging…") : t("Check this use")}</Button>
          <p className="text-muted max-w-prose text-sm">
            {t("What you checked is kept as evidence, as a question is.")}
          </p>
        </div>
      </Form>
    </>
  );
}
