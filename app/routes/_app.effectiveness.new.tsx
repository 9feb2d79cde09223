import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CriterionForm } from "#app/components/criterion-form.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { criterionForm, fieldOfRefusal, lockRefusals } from "#app/domain/effectiveness/criterion.ts";
import { criterionChoices } from "#app/domain/effectiveness/criterion-choices.server.ts";
import { writeCriterion } from "#app/domain/effectiveness/evaluation.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("New evaluation"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return { choices: await criterionChoices(context.db, actor, context.now()) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, criterionForm);
  if (!form.ok) return form.response;
  const written = found(await writeCriterion(context.db, actor, { id: null, ...form.value }, context.now()));
  if (written.ok) throw redirect(`/effectiveness/${written.id}`);
  const t = await translateFor(request);
  const message = t(lockRefusals[written.reason]);
  const field = fieldOfRefusal[written.reason];
  return refused(field ? { ...form.state, errors: { [field]: message } } : { ...form.state, message }, 422);
}

export default function NewEvaluation() {
  const t = useT();
  const { choices } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t("New evaluation")}
        lead={t(
          "Say what will count as effective before anybody has seen the data. Once fixed, a criterion is not changed quietly: every later version stands with its reason.",
        )}
      />
      {sent?.message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert">
            {sent.message}
          </Notice>
        </div>
      ) : null}
      <Card>
        <CriterionForm choices={choices} stored={null} sent={sent ?? { errors: {}, values: {} }} />
      </Card>
    </div>
  );
}
