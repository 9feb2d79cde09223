import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { type FormEvent, useState } from "react";
import { z } from "zod";
import { ChangedAnswers } from "#app/components/changed-answers.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { longestQuestion } from "#app/domain/assistant/answer.ts";
import { myQuestions } from "#app/domain/assistant/conversation.server.ts";
import { limitedModel } from "#app/domain/assistant/model-budget.server.ts";
import { ask } from "#app/domain/assistant/question.server.ts";
import {
  asTyped,
  emptyQuestion,
  questionText,
  tooLongQuestion,
} from "#app/domain/assistant/question-text.ts";
import { sharedWithMe } from "#app/domain/assistant/share.server.ts";
import { changedAnswers } from "#app/domain/assistant/watch.server.ts";
import { outcomes } from "#app/domain/risk/outcome.ts";
import { waitText } from "#app/http/ask-wait.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { History } from "./history.tsx";
import { SharedWithYou } from "./shared.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Ask"));

const examples = [
  msg("May I paste a customer e-mail into our chat assistant to draft a reply?"),
  msg("May I use a free tool I found online to translate a supplier contract?"),
  msg("Can AI rank the CVs we received for a vacancy?"),
  msg("Could AI tell me how stressed my team sounds on calls?"),
];

const narrowing = z.object({
  q: z.string().trim().max(200).catch(""),
  outcome: z.enum([...outcomes, ""]).catch(""),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { searchParams } = new URL(request.url);
  const before = new Date(searchParams.get("before") ?? "");
  const older = !Number.isNaN(before.getTime());
  const filter = narrowing.parse(Object.fromEntries(searchParams));
  const { db } = context;
  return {
    ...(await myQuestions(db, actor, {
      before: older ? before : undefined,
      search: filter.q,
      outcome: filter.outcome,
    })),
    older,
    filter,
    changed: await changedAnswers(db, actor),
    shared: await sharedWithMe(db, actor),
    draft: (searchParams.get("text") ?? "").slice(0, longestQuestion),
    model: context.model?.name ?? null,
  };
}

const fields = z.object({ text: questionText });

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { db, model, modelLimits, vectors, embedding } = context;
  const t = await translateFor(request);
  const waiting = await context.askLimit(actor.id);
  if (waiting) {
    const message = `${waitText(t, waiting)} ${t("Your text is still here.")}`;
    return refused({ ...form.state, message }, 429, { "Retry-After": String(waiting.retryAfter) });
  }
  const now = context.now();
  const limited = limitedModel(db, actor.id, model, modelLimits, now);
  const asked = await ask(db, actor, form.value, { model: limited, vectors, embedding }, now);
  if (!asked.ok) {
    const text = asked.reason === "too_long" ? tooLongQuestion : emptyQuestion;
    return refused({ ...form.state, errors: { text: t(text) } }, 422);
  }
  throw redirect(`/ask/${asked.questionId}`);
}

export default function Ask() {
  const t = useT();
  const { changed, draft, model } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const [unsent, setUnsent] = useState<string | null>(null);
  /** What is too long is not sent: it would not come back where the whole of it exceeds what the server reads. */
  const keepTooLong = (event: FormEvent<HTMLFormElement>): void => {
    const text = asTyped(String(new FormData(event.currentTarget).get("text")));
    const long = text.length > longestQuestion;
    if (long) event.preventDefault();
    setUnsent(long ? t(tooLongQuestion) : null);
  };
  return (
    <>
      <PageHeader
        title={t("Ask before you use AI")}
        lead={t(
          "Say what you want to do. You get a clear answer with the clauses it rests on, and a person where the policies leave it open.",
        )}
      />
      <ChangedAnswers answers={changed} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <Card>
          <Form method="post" className="space-y-4" noValidate onSubmit={keepTooLong}>
            {state?.message ? (
              <Notice tone="warn" role="alert">
                {state.message}
              </Notice>
            ) : null}
            <TextArea
              key={draft}
              label={t("Your question")}
              name="text"
              rows={5}
              required
              placeholder={t("May I use … to … with …?")}
              hint={t("Name the tool, the purpose and the kind of data. Leave out the data itself.")}
              defaultValue={String(state?.values["text"] ?? draft)}
              error={unsent ?? state?.errors["text"]}
            />
            <div className="flex flex-wrap items-center gap-4">
              <Button disabled={busy}>{busy ? t("Looking it up…") : t("Ask")}</Button>
              <p className="text-muted max-w-prose text-sm">
                {t(
                  "Questions are kept as evidence. Passwords and keys, names, addresses and numbers that lead to a person are masked first, where they are recognised.",
                )}
                {model ? ` ${t("{{model}} helps to read and word; rules decide.", { model })}` : ""}
              </p>
            </div>
          </Form>
        </Card>
        <section aria-labelledby="examples">
          <h2 id="examples" className="mb-2 text-base">
            {t("For example")}
          </h2>
          <ul className="space-y-2 text-sm">
            {examples
              .map((example) => t(example))
              .map((text) => (
                <li key={text}>
                  <Link
                    to={`/ask?text=${encodeURIComponent(text)}`}
                    className="border-line bg-surface hover:border-line-strong block rounded-xl border px-4 py-3"
                  >
                    {text}
                  </Link>
                </li>
              ))}
          </ul>
          <p className="mt-4 text-sm">
            <Rich
              text="Rather choose than write? <check>Check a use step by step</check>"
              elements={{
                check: (
                  <Link to="/ask/check" className="text-accent font-semibold underline underline-offset-4" />
                ),
              }}
            />
          </p>
        </section>
      </div>
      <SharedWithYou />
      <History />
    </>
  );
}
