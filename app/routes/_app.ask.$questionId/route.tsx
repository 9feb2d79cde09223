import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { questionFor } from "#app/domain/assistant/conversation.server.ts";
import { answerBack, openCaseFor } from "#app/domain/assistant/question.server.ts";
import { outcomeNames } from "#app/domain/risk/outcome.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { ChoicesForm, Correction } from "./choices-form.tsx";
import { answerFields } from "./fields.ts";
import { Quotes } from "./quotes.tsx";
import { Aside } from "./aside.tsx";
import { VerdictCard } from "./verdict-card.tsx";
import { Why } from "./why.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? outcomeNames[data.verdict.outcome] : "Answer"} · Clause7` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const question = found(await questionFor(context.db, actor, params["questionId"] ?? ""));
  const { outcome } = question.verdict;
  return {
    ...question,
    /** Whether a model's wording is to be fetched. */
    wording: question.phrased === null && context.model !== null && outcome !== "asked_back",
    model: context.model?.name ?? question.answer.reading?.model ?? null,
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const questionId = params["questionId"] ?? "";
  found(await questionFor(db, actor, questionId));
  const form = await parseForm(request, answerFields);
  if (!form.ok) return form.response;
  if (form.value.intent === "open-case") {
    const opened = found(await openCaseFor(db, actor, { questionId }, context.now()));
    if (!opened.ok) return refused({ message: "This use is permitted: there is nothing to review." }, 409);
    throw redirect(`/ask/${questionId}`);
  }
  const { intent: _intent, ...chosen } = form.value;
  const asked = found(await answerBack(db, actor, { questionId, chosen }, context.now()));
  if (!asked.ok)
    return refused({ ...form.state, message: "Choose an answer first. “Not sure” is one, too." }, 422);
  throw redirect(`/ask/${asked.questionId}`);
}

export type QuestionView = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Question() {
  const view = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  return (
    <>
      <p className="text-muted mb-2 text-sm font-medium">
        <Link to="/ask" className="underline underline-offset-4">
          Ask
        </Link>{" "}
        · <Moment at={view.askedAt.toISOString()} />
      </p>
      <blockquote className="max-w-3xl text-lg text-pretty whitespace-pre-line wrap-anywhere">
        {view.text}
      </blockquote>
      {view.turns.length > 0 ? (
        <ul className="text-muted mt-2 space-y-1 text-sm" aria-label="Your further answers">
          {view.turns.map((turn) => (
            <li key={turn.id}>
              {turn.id === view.id ? turn.text : <Link to={`/ask/${turn.id}`}>{turn.text}</Link>}
            </li>
          ))}
        </ul>
      ) : null}
      {view.newestId !== view.id ? (
        <div className="mt-4">
          <Notice title="You have answered further since">
            <Link to={`/ask/${view.newestId}`} className="underline underline-offset-4">
              Go to the latest answer
            </Link>
          </Notice>
        </div>
      ) : null}
      {state?.message ? (
        <div className="mt-4">
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        </div>
      ) : null}
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0 space-y-8">
          <VerdictCard key={view.id} view={view} />
          {view.answer.askBack.length > 0 ? <ChoicesForm key={`back-${view.id}`} view={view} /> : null}
          <Why verdict={view.verdict} />
          <Quotes quotes={view.answer.quotes} />
          {view.facts.length > 0 ? <Correction key={`fix-${view.id}`} view={view} /> : null}
          <ButtonLink look="secondary" to="/ask">
            Ask something else
          </ButtonLink>
        </div>
        <Aside view={view} />
      </div>
    </>
  );
}
