import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { ActionBadge } from "#app/components/action-badge.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { actionFor } from "#app/domain/competence/action-list.server.ts";
import {
  actionRefusalWords,
  actionScopeNames,
  actionSourceNames,
  stepInput,
} from "#app/domain/competence/corrective-action.ts";
import { takeActionStep } from "#app/domain/competence/corrective-action.server.ts";
import { reach } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { StepForm } from "./step-form.tsx";
import { Timeline } from "./timeline.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => t("Action {{number}}", { number: data?.action.number ?? "" }));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const view = found(await actionFor(context.db, actor, idOf(params, "actionId"), now));
  const done = new URL(request.url).searchParams.has("done");
  const list = reach(actor, "action.read") !== "own";
  return {
    ...view,
    done,
    list,
    opens: reach(actor, "record.read") === "any",
    own: view.action.ownerId === actor.id,
    today: now.toISOString().slice(0, 10),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const actionId = idOf(params, "actionId");
  const form = await parseForm(request, stepInput);
  if (!form.ok) return form.response;
  const taken = found(await takeActionStep(context.db, actor, { actionId, ...form.value }, context.now()));
  if (!taken.ok) {
    const t = await translateFor(request);
    const message = t(actionRefusalWords[taken.reason]);
    return taken.field
      ? refused({ ...form.state, errors: { [taken.field]: message } }, 422)
      : refused({ ...form.state, message }, 409);
  }
  return redirect(`/actions/${actionId}?done=${form.value.step}`);
}

export default function ActionPage() {
  const t = useT();
  const { action: shown, members, steps, done, own, list } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { number, about, scope, requirement, source, sourceRef, owner, dueOn, status, overdue } = shown;
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          list ? (
            <Link to="/actions" className="underline underline-offset-4">
              {t("Corrective actions")}
            </Link>
          ) : (
            t("Corrective actions")
          )
        }
        title={t("Action {{number}}", { number })}
        lead={
          <span className="flex flex-wrap gap-2">
            <ActionBadge status={status} overdue={overdue} />
          </span>
        }
      />
      {state ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert" title={t("Not saved yet")}>
            {state.message ?? t("Something is missing or does not fit.")}
          </Notice>
        </div>
      ) : done ? (
        <div className="mb-6">
          <Notice tone="good" role="status">
            {t("The step is recorded.")}
          </Notice>
        </div>
      ) : null}
      <div className="space-y-6">
        <Card as="section">
          <p className="whitespace-pre-line text-pretty wrap-anywhere">{shown.nonconformity}</p>
          <dl className="mt-5 grid gap-4 sm:grid-cols-2">
            <Detail term={t("Whom it concerns")}>
              {shown.personId ? (
                <Link to={`/records/${shown.personId}`} className="text-accent underline underline-offset-4">
                  {about}
                </Link>
              ) : members.length > 0 ? (
                <Members members={members} />
              ) : (
                (about ?? t(actionScopeNames[scope]))
              )}
            </Detail>
            <Detail term={t("Requirement")}>
              {requirement ? <span lang="en">{requirement}</span> : t("None")}
            </Detail>
            <Detail term={t("How it was noticed")}>
              <span className="wrap-anywhere">
                {t(actionSourceNames[source])}
                {sourceRef ? ` · ${sourceRef}` : null}
              </span>
            </Detail>
            <Detail term={t("Owner")}>{owner}</Detail>
            <Detail term={t("Due on")}>
              <Day at={dueOn} />
            </Detail>
          </dl>
        </Card>
        <Timeline />
        {steps.map((step) => (
          <StepForm key={`${step} ${status}`} step={step} state={state} />
        ))}
        {steps.length === 0 && own && (status === "done" || status === "verified") ? (
          <Notice>{t("Somebody else verifies the effect and closes the action: you own it.")}</Notice>
        ) : null}
      </div>
    </div>
  );
}

function Members({ members }: { members: readonly { id: string; name: string }[] }) {
  const t = useT();
  const { opens } = useLoaderData<typeof loader>();
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center">
        {t("{{count}} people chosen on the board", { count: members.length })}
      </summary>
      <ul className="space-y-1">
        {members.map(({ id, name }) => (
          <li key={id}>
            {opens ? (
              <Link to={`/records/${id}`} className="text-accent underline underline-offset-4">
                {name}
              </Link>
            ) : (
              name
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
