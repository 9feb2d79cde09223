import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FollowUp } from "#app/components/concern-follow-up.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { PageHeader } from "#app/components/ui/surface.tsx";
import { type ConcernView, concernViews, followUpCode, unknownCode } from "#app/domain/assistant/concern.ts";
import { concernByCode, concernQueue } from "#app/domain/assistant/concern-queue.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Queue } from "./queue.tsx";

export const meta: MetaFunction<typeof loader> = ({ data: held, matches }) =>
  pageTitle(matches, (t) => (held?.everyone ? t("Concerns") : t("My concerns")));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const everyone = can(actor, "concern.handle", {});
  const search = new URL(request.url).searchParams;
  const usual: ConcernView = everyone ? "open" : "mine";
  const view = z.enum(concernViews).catch(usual).parse(search.get("view"));
  const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(search.get("page"));
  return { everyone, view, page, ...(await concernQueue(context.db, actor, { view, page })) };
}

const fields = z.object({ code: followUpCode });

/** Shows the report a code stands for. The code is sent, not put in the address, where a browser would remember it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const followed = await concernByCode(context.db, actor, form.value.code);
  if (followed) return data({ followed });
  const t = await translateFor(request);
  return refused({ ...form.state, errors: { code: t(unknownCode) } }, 422);
}

export default function Concerns() {
  const t = useT();
  const { everyone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const followed = answer && "followed" in answer ? answer.followed : null;
  const form = answer && "errors" in answer ? answer : { errors: {}, values: {} };
  const { code } = form.values;
  return (
    <>
      <PageHeader
        title={everyone ? t("Concerns") : t("My concerns")}
        lead={
          everyone
            ? t(
                "Incidents and worries about AI that people reported. Confirm receipt within one working day.",
              )
            : t("What you reported about AI, and what came of it.")
        }
        actions={<ButtonLink to="/concerns/new">{t("Report an AI concern")}</ButtonLink>}
      />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Queue />
        <FollowUp
          followed={followed}
          code={typeof code === "string" ? code : ""}
          error={form.errors["code"]}
        />
      </div>
    </>
  );
}
