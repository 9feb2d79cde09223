import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/ui/surface.tsx";
import { requirementView, ruleChoices } from "#app/domain/competence/requirement-view.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { edit } from "./edit.server.ts";
import { valuesOf } from "./fields.ts";
import { RequirementForm } from "./form.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Change a requirement"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const choices = await ruleChoices(context.db, actor, now);
  const view = found(await requirementView(context.db, actor, params["slug"] ?? "", now));
  found(view.endedOn === null ? view : null);
  const [newest] = view.history;
  const body = newest?.body ?? view.body;
  const values = valuesOf(body, now.toISOString().slice(0, 10));
  return { slug: body.slug, title: body.title, seen: newest?.number ?? 0, values, choices };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  return edit(context, actor, request, params["slug"] ?? "");
}

export default function EditRequirementPage() {
  const t = useT();
  const { slug, title, seen, values, choices } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() ?? { errors: {}, values, preview: null };
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          <Link to={`/requirements/${slug}`} lang="en" className="underline underline-offset-4">
            {title}
          </Link>
        }
        title={t("Change a requirement")}
        lead={t("The change becomes a version of its own from its first day; earlier ones stay on record.")}
      />
      <RequirementForm state={state} choices={choices} seen={seen} />
    </div>
  );
}
