import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { longestQuestion } from "#app/domain/assistant/answer.ts";
import { myQuestions } from "#app/domain/assistant/conversation.server.ts";
import { ask } from "#app/domain/assistant/question.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Ask · Clause7" }];

const examples = [
  "May I paste a customer e-mail into our chat assistant to draft a reply?",
  "May I use a free tool I found online to translate a supplier contract?",
  "Can AI rank the CVs we received for a vacancy?",
  "Could AI tell me how stressed my team sounds on calls?",
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { searchParams } = new URL(request.url);
  const before = new Date(searchParams.get("before") ?? "");
  const older = !Number.isNaN(before.getTime());
  return {
    ...(await myQuestions(context.db, actor, older ? { before } : {})),
    older,
    draft: (searchParams.get("text") ?? "").slice(0, longestQuestion),
    model: context.model?.name ?? null,
  };
}

const empty = "Write what you want to do: which tool, what for, with which data.";
const tooLong = `A question has at most ${longestQuestion} characters. Describe one use and leave the material out.`;
const fields = z.object({
  text: z.string().trim().min(1, empty).max(longestQuestion, tooLong),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const asked = await ask(context.db, actor, form.value, { model: context.model }, context.now());
  if (!asked.ok) {
    const text = asked.reason === "too_long" ? tooLong : empty;
    return refused({ ...form.state, errors: { text } }, 422);
  }
  throw redirect(`/ask/${asked.questionId}`);
}

export default function Ask() {
  const { questions, next, older, draft, model } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <PageHeader
        title="Ask before you use AI"
        lead="Say what you want to do. You get a clear answer with the clauses it rests on, and a person where the policies leave it open."
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <Card>
          <Form method="post" className="space-y-4" noValidate>
            <TextArea
              key={draft}
              label="Your question"
              name="text"
              rows={5}
              required
              placeholder="May I use … to … with …?"
              hint="Name the tool, the purpose and the kind of data. Leave out the data itself."
              defaultValue={String(state?.values["text"] ?? draft)}
              error={state?.errors["text"]}
            />
            <div className="flex flex-wrap items-center gap-4">
              <Button disabled={busy}>{busy ? "Looking it up…" : "Ask"}</Button>
              <p className="text-muted max-w-prose text-sm">
                Questions are kept as evidence. E-mail addresses, telephone and account numbers and passwords
                are masked first.
                {model ? ` ${model} helps to read and word; rules decide.` : ""}
              </p>
            </div>
          </Form>
        </Card>
        <section aria-labelledby="examples">
          <h2 id="examples" className="mb-2 text-base">
            For example
          </h2>
          <ul className="space-y-2 text-sm">
            {examples.map((text) => (
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
        </section>
      </div>
      <section aria-labelledby="history" className="mt-12">
        <h2 id="history" className="mb-4 text-xl">
          {older ? "Asked earlier" : "Asked before"}
        </h2>
        {questions.length === 0 ? (
          <EmptyState title={older ? "Nothing further back" : "Nothing asked yet"}>
            {older ? null : "Your questions and their answers stay here, for you to come back to."}
          </EmptyState>
        ) : (
          <ul className="space-y-3">
            {questions.map((q) => (
              <Card as="li" key={q.id} className="relative">
                <div className="flex flex-wrap items-center gap-2">
                  <OutcomeBadge outcome={q.outcome} />
                  <span className="text-muted text-sm">
                    <Day at={q.askedAt.toISOString()} />
                  </span>
                </div>
                <h3 className="mt-2 line-clamp-2 text-base wrap-anywhere">
                  <Link to={`/ask/${q.id}`} className="hover:text-accent after:absolute after:inset-0">
                    {q.text}
                  </Link>
                </h3>
              </Card>
            ))}
          </ul>
        )}
        <div className="mt-6 flex gap-3">
          {older ? (
            <ButtonLink look="secondary" to="/ask">
              Back to the newest
            </ButtonLink>
          ) : null}
          {next ? (
            <ButtonLink look="secondary" to={`/ask?before=${next.toISOString()}`}>
              Earlier questions
            </ButtonLink>
          ) : null}
        </div>
      </section>
    </>
  );
}
