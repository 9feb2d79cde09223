import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/ui/surface.tsx";
import { ruleChoices } from "#app/domain/competence/requirement-view.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { edit } from "./_app.requirements.$slug_.edit/edit.server.ts";
import { newValues } from "./_app.requirements.$slug_.edit/fields.ts";
import { RequirementForm } from "./_app.requirements.$slug_.edit/form.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("New requirement"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  return {
    choices: await ruleChoices(context.db, actor, now),
    values: {
      ...newValues(now.toISOString().slice(0, 10)),
      module: new URL(request.url).searchParams.get("module") ?? "",
    },
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  return edit(context, actor, request, null);
}

export default function NewRequirementPage() {
  const t = useT();
  const { values, choices } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() ?? { errors: {}, values, preview: null };
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          <Link to="/requirements" className="underline underline-offset-4">
            {t("Requirements")}
          </Link>
        }
        title={t("New requirement")}
      />
      <RequirementForm state={state} choices={choices} seen={0} />
    </div>
  );
}
