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
import { filterFrom, filterWords } from "#app/domain/evidence/outbox.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { TargetCard } from "./target-card.tsx";

export const meta: MetaFunction = () => [{ title: "Outbox · Clause7" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const states = await targetStates(context.db, actor);
  const search = new URL(request.url).searchParams;
  const known = (name: string): string | null =>
    states.find((one) => one.target === search.get(name))?.target ?? null;
  return {
    targets: states.map((state) => ({ ...state, gets: filterWords(state.filter) })),
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
    origin: z.enum(["all", "own", "received"], "Choose whose statements it gets."),
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
  const gone = () => refused({ message: `There is no target ${sent.target} any more.` }, 409);
  if (sent.intent === "send") {
    const result = await sendNow(context.db, actor, sent.target, context.now());
    if (!result.ok) return gone();
    throw redirect(`/admin/outbox?${new URLSearchParams({ again: sent.target }).toString()}`);
  }
  const read = filterFrom(sent);
  if (!read.ok) return refused({ ...form.state, errors: { [read.field]: read.reason } }, 422);
  const input = { target: sent.target, filter: read.filter, again: sent.again === "yes" };
  const result = await setTargetFilter(context.db, actor, input, context.now());
  if (!result.ok) return gone();
  throw redirect(`/admin/outbox?${new URLSearchParams({ set: sent.target }).toString()}`);
}

export type Target = ReturnType<typeof useLoaderData<typeof loader>>["targets"][number];

export default function Outbox() {
  const { targets, again, set, mayManage } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Outbox"
        lead="Every xAPI statement is stored here first and then handed, in order, to the record stores you name. What one of them cannot take now waits and is sent again under the same id; nothing is lost."
        actions={
          <ButtonLink to="/admin/reconciliation" look="secondary">
            Reconciliation
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
            {again} is tried again within seconds.
          </Notice>
        ) : null}
        {set ? (
          <Notice tone="good" role="status">
            What {set} gets is saved.
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
  return (
    <EmptyState title="No external record store is configured">
      <p>
        All statements are kept in this database; nothing is missing. To hand copies to other stores, start
        the server with <code className="bg-sunken text-ink rounded px-1">LRS_TARGETS</code>, each as
      </p>
      <p className="mt-3">
        <code className="bg-sunken text-ink rounded px-2 py-1 text-sm wrap-anywhere">
          name|https://lrs.example/xapi|key|secret
        </code>
      </p>
      <p className="mt-3">Several are separated by spaces. A new store also gets everything stored before.</p>
    </EmptyState>
  );
}
