import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { z } from "zod";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { deletePack, packs, requestPack } from "#app/domain/pack/job.server.ts";
import { scopeChoices } from "#app/domain/pack/sample.server.ts";
import { packInput } from "#app/domain/pack/scope.ts";
import { packDays } from "#app/domain/pack/status.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { PackCard } from "./pack-card.tsx";
import { PackForm } from "./pack-form.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Audit packs"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const all = await packs(context.db, actor);
  const until = context.now().toISOString().slice(0, 10);
  return {
    packs: all,
    choices: await scopeChoices(context.db, actor),
    // A year back: what a surveillance audit looks at.
    from: new Date(Date.parse(until) - 365 * 86_400_000).toISOString().slice(0, 10),
    until,
  };
}

export type PackView = ReturnType<typeof useLoaderData<typeof loader>>["packs"][number];

const fields = z.union([
  z.object({ intent: z.literal("delete"), id: z.uuid() }),
  packInput.and(z.object({ intent: z.literal("make") })),
]);

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db, packFolder } = context;
  const now = context.now();
  const intent = (await request.clone().formData()).get("intent");
  const form = await parseForm(request, intent === "delete" ? fields.options[0] : fields.options[1]);
  if (!form.ok) return form.response;
  if (form.value.intent === "delete") {
    found(await deletePack(db, actor, form.value.id, packFolder, now));
    throw redirect("/audit/packs");
  }
  const asked = await requestPack(db, actor, form.value, now);
  if (!asked.ok) {
    const t = await translateFor(request);
    if (asked.reason === "outside")
      return refused({ ...form.state, message: t("This lies outside what you may see.") }, 422);
    const until = t("This day has not come yet. Enter today or an earlier day.");
    return refused({ ...form.state, errors: { until } }, 422);
  }
  throw redirect("/audit/packs");
}

export default function Packs() {
  const t = useT();
  const { packs } = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? { errors: {}, values: {} };
  useWatch(packs.some((one) => one.status === "waiting" || one.status === "building"));
  return (
    <>
      <PageHeader
        title={t("Audit packs")}
        lead={t(
          "One archive for an auditor: requirements, people with their proof, policies and content in force, figures, samples, statements and seals. It can be checked without this product.",
        )}
      />
      {form.message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        </div>
      ) : null}
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem]">
        <section aria-labelledby="packs" className="min-w-0">
          <h2 id="packs" className="mb-3 text-lg">
            {t("Packs")}
          </h2>
          {packs.length === 0 ? (
            <EmptyState title={t("No pack yet")}>
              {t("Choose a time and what to cover. The pack is built while you go on working.")}
            </EmptyState>
          ) : (
            <ul className="space-y-4">
              {packs.map((pack) => (
                <PackCard key={pack.id} pack={pack} />
              ))}
            </ul>
          )}
          <p className="text-muted mt-4 text-sm">
            {t("The file of a pack is deleted after {{count}} days; that it was made stays on record.", {
              count: packDays,
            })}
          </p>
        </section>
        <PackForm form={form} />
      </div>
    </>
  );
}

/** Looks again every few seconds while something is under way. */
function useWatch(underWay: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(revalidate, 3000);
    return () => clearInterval(timer);
  }, [underWay, revalidate]);
}
