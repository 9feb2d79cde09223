import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { CriterionForm } from "#app/components/criterion-form.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { criterionForm, fieldOfRefusal, lockRefusals } from "#app/domain/effectiveness/criterion.ts";
import { criterionChoices } from "#app/domain/effectiveness/criterion-choices.server.ts";
import { writeCriterion } from "#app/domain/effectiveness/evaluation.server.ts";
import { evaluationFile } from "#app/domain/effectiveness/evaluation-view.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Change the criterion"));

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "evaluationId");
  const now = context.now();
  const choices = await criterionChoices(context.db, actor, now);
  const { number, criterion, state, result } = found(await evaluationFile(context.db, actor, id, now));
  return { id, number, criterion, state, known: result !== null, choices };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "evaluationId");
  const form = await parseForm(request, criterionForm);
  if (!form.ok) return form.response;
  const written = found(await writeCriterion(context.db, actor, { id, ...form.value }, context.now()));
  if (written.ok) throw redirect(`/effectiveness/${id}`);
  const t = await translateFor(request);
  const message = t(lockRefusals[written.reason]);
  const field = fieldOfRefusal[written.reason];
  return refused(field ? { ...form.state, errors: { [field]: message } } : { ...form.state, message }, 422);
}

export default function EditEvaluation() {
  const t = useT();
  const { id, number, criterion, state, known, choices } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const isFixed = state !== "draft";
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/effectiveness/${id}`} className="underline underline-offset-4">
            {t("Evaluation {{number}}", { number })}
          </Link>
        }
        title={t("Change the criterion")}
      />
      <div className="space-y-6">
        {sent?.message ? (
          <Notice tone="bad" role="alert">
            {sent.message}
          </Notice>
        ) : null}
        {known ? (
          <Notice tone="info">{t(lockRefusals.evaluated)}</Notice>
        ) : (
          <>
            {isFixed ? (
              <Notice tone="warn" title={t("This criterion is fixed")}>
                {state === "planned"
                  ? t("The change is kept beside it, with your reason.")
                  : t(
                      "Its start has passed, so data could have been seen. The evaluation will say for good that it was changed after the start.",
                    )}
              </Notice>
            ) : null}
            <Card>
              <CriterionForm
                choices={choices}
                stored={criterion}
                isFixed={isFixed}
                sent={sent ?? { errors: {}, values: {} }}
              />
            </Card>
          </>
        )}
      </div>
    </div>
  );
}
