import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, Link, useActionData, useLoaderData } from "@remix-run/react";
import { randomInt } from "node:crypto";
import { Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { courseFor } from "#app/domain/competence/curriculum.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { History } from "./history.tsx";
import { Start } from "./start.tsx";

export const meta: MetaFunction = () => [{ title: "Assessment · Clause7" }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const course = await courseFor(
    context.db,
    actor,
    params["requirement"] ?? "",
    context.now(),
    await languageOf(request),
  );
  const { requirement, module, assessment, nextLesson, certificateId } = found(course);
  return { requirement, module: { title: module.title }, assessment, nextLesson, certificateId };
}

/** Begins an attempt, or goes on with the open one. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const seed = randomInt(2 ** 31);
  const result = found(await startAssessment(context.db, actor, { requirement, seed }, context.now()));
  if (result.ok) return redirect(`/attempts/${result.attemptId}`);
  if (result.reason === "open") {
    const course = await courseFor(context.db, actor, requirement, context.now());
    return redirect(`/attempts/${found(course?.assessment.openAttemptId)}`);
  }
  return refused({ message: "The assessment cannot begin now; the reason is below." }, 409);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Assessment() {
  const { requirement, module, assessment } = useLoaderData<typeof loader>();
  const state = useActionData<typeof clientAction>();
  const { items, minutes, passMark, attempts, granted, coolDownHours, history } = assessment;
  const left = Math.max(0, attempts + granted - history.length);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/learn/${requirement.slug}`} className="underline underline-offset-4">
            {module.title}
          </Link>
        }
        title={assessment.kind === "refresher" ? "Refresher" : "Assessment"}
        lead={
          assessment.kind === "refresher"
            ? "First one question on each objective. What you miss is taught again and asked once more; the rest you need not repeat."
            : "Judgement in everyday situations, drawn anew for each attempt. Afterwards every item is explained with the clause it rests on."
        }
      />
      <div className="space-y-6">
        {state && "unreachable" in state ? (
          <Notice tone="warn" role="alert" title="Not started">
            The server does not answer. Check your connection and try again; no attempt was used.
          </Notice>
        ) : null}
        {state && "message" in state && state.message ? (
          <Notice tone="warn" role="alert">
            {state.message}
          </Notice>
        ) : null}
        <Card as="section">
          <h2 className="sr-only">Rules</h2>
          <dl className="grid grid-cols-2 gap-5 sm:grid-cols-4">
            <Detail term="Items">{items}</Detail>
            <Detail term="Time">{minutes} minutes</Detail>
            <Detail term="To pass">{Math.round(passMark * 100)} %</Detail>
            <Detail term="Attempts left">
              {left} of {attempts + granted}
            </Detail>
          </dl>
          <ul className="text-muted mt-5 list-disc space-y-1 pl-5 text-sm">
            <li>The clock runs on once you have started, also when you close the page.</li>
            <li>
              Each answer is saved at once; you can leave items open, come back to them and change them.
            </li>
            <li>Items left open count as wrong.</li>
            {coolDownHours > 0 ? (
              <li>After an attempt that did not pass, the next one opens {coolDownHours} hours later.</li>
            ) : null}
          </ul>
          <div className="mt-6">
            <Start />
          </div>
        </Card>
        {history.length > 0 ? <History history={history} /> : null}
      </div>
    </div>
  );
}
