import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { sendNow, setTargetFilter, targetStates } from "#app/domain/evidence/lrs-target.server.ts";
import { filterFrom } from "#app/domain/evidence/outbox.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { filterRefusalWords, filterWords } from "./filter-words.ts";
import { TargetCard } from "./target-card.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Outbox"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const states = await targetStates(context.db, actor);
  const t = await translateFor(request);
  const search = new URL(request.url).searchParams;
  const known = (name: string): string | null =>
    states.find((one) => one.target === search.get(name))?.target ?? null;
  return {
    targets: states.map((state) => ({ ...state, gets: filterWords(t, state.filter) })),
    again: known("again"),
    set: known("set"),
    mayManage: can(actor, "outbox.manage", {}),
  };
}

const target = z.string().min(1).max(200);
const fields = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("send"), target }),
  z.object({
    intent: z.literal("filter"),
    target,
    origin: z.enum(["all", "own", "received"], msg("Choose whose statements it gets.")),
    verbs: z.string().max(110_000).default(""),
    activities: z.string().max(110_000).default(""),
    again: z.literal("yes").optional(),
  }),
]);

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "outbox.manage", {});
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const t = await translateFor(request);
  const gone = () =>
    refused({ message: t("There is no target {{target}} any more.", { target: sent.target }) }, 409);
  if (sent.intent === "send") {
    const result = await sendNow(context.db, actor, sent.target, context.now());
    if (!result.ok) return gone();
    throw redirect(`/admin/outbox?${new URLSearchParams({ again: sent.target }).toString()}`);
  }
  const read = filterFrom(sent);
  if (!read.ok) {
    const errors = { [read.refusal.field]: filterRefusalWords(t, read.refusal) };
    return refused({ ...form.state, errors }, 422);
  }
  const input = { target: sent.target, filter: read.filter, again: sent.again === "yes" };
  const result = await setTargetFilter(context.db, actor, input, context.now());
  if (!result.ok) return gone();
  throw redirect(`/admin/outbox?${new URLSearchParams({ set: sent.target }).toString()}`);
}

export type Target = ReturnType<typeof useLoaderData<typeof loader>>["targets"][number];

export default function Outbox() {
  const t = useT();
  const { targets, again, set, mayManage } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={t("Outbox")}
        lead={t(
          "Every xAPI statement is stored here first and then handed, in order, to the record stores you name. What one of them cannot take now waits and is sent again under the same id; nothing is lost.",
        )}
        actions={
          <ButtonLink to="/admin/reconciliation" look="secondary">
            {t("Reconciliation")}
          </ButtonLink>
        }
      />
      <div className="space-y-4">
        {refusal?.message ? (
          <Notice tone="bad" role="alert">
            {refusal.message}
          </Notice>
        ) : null}
        {again ? (
          <Notice tone="good" role="status">
            {t("{{target}} is tried again within seconds.", { target: again })}
          </Notice>
        ) : null}
        {set ? (
          <Notice tone="good" role="status">
            {t("What {{target}} gets is saved.", { target: set })}
          </Notice>
        ) : null}
        {targets.length === 0 ? <NoTargets /> : null}
        <ul className="space-y-4">
          {targets.map((one) => (
            <TargetCard key={one.target} target={one} mayManage={mayManage} />
          ))}
        </ul>
      </div>
    </>
  );
}

function NoTargets() {
  const t = useT();
  return (
    <EmptyState title={t("No external record store is configured")}>
      <p>
        <Rich
          text="All statements are kept in this database; nothing is missing. To hand copies to other stores, start the server with <variable/>, each as"
          elements={{ variable: <code className="bg-sunken text-ink rounded px-1">{"LRS_TARGETS"}</code> }}
        />
      </p>
      <p className="mt-3">
        <code className="bg-sunken text-ink rounded px-2 py-1 text-sm wrap-anywhere">
          {"name|https://lrs.example/xapi|key|secret"}
        </code>
      </p>
      <p className="mt-3">
        {t("Several are separated by spaces. A new store also gets everything stored before.")}
      </p>
    </EmptyState>
  );
}
