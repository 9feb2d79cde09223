import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { backlog, replay } from "#app/domain/evidence/lrs-target.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Outbox · Clause7" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const targets = await backlog(context.db, actor);
  const again = new URL(request.url).searchParams.get("again");
  return {
    targets,
    again: targets.find((t) => t.target === again)?.target ?? null,
    mayReplay: can(actor, "outbox.manage", {}),
  };
}

const fields = z.object({ target: z.string().min(1).max(200) });

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { target } = form.value;
  const result = await replay(context.db, actor, target, context.now());
  if (!result.ok) return refused({ message: `There is no target ${target} any more.` }, 409);
  throw redirect(`/admin/outbox?${new URLSearchParams({ again: target }).toString()}`);
}

type Target = ReturnType<typeof useLoaderData<typeof loader>>["targets"][number];

export default function Outbox() {
  const { targets, again } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Outbox"
        lead="Every xAPI statement is stored here first and then handed to the learning record stores you name. What one of them cannot take now waits, in order, and is sent again; nothing is lost or sent under a new id."
      />
      <div className="space-y-4">
        {refusal?.message ? (
          <Notice tone="bad" role="alert">
            {refusal.message}
          </Notice>
        ) : null}
        {again ? (
          <Notice tone="good" role="status">
            What waited for {again} is in line again. The next delivery starts within seconds.
          </Notice>
        ) : null}
        {targets.length === 0 ? <NoTargets /> : null}
        <ul className="space-y-4">
          {targets.map((target) => (
            <TargetCard key={target.target} target={target} />
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

function TargetCard({ target }: { target: Target }) {
  const { mayReplay } = useLoaderData<typeof loader>();
  const busy = useNavigation().formData?.get("target") === target.target;
  const moment = (at: Date | null, none: string) => (at ? <Moment at={at.toISOString()} /> : none);
  return (
    <Card as="li">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-3">
            <h2 className="text-lg">{target.target}</h2>
            <TargetBadge target={target} />
          </div>
          <p className="text-muted mt-1 font-mono text-sm wrap-anywhere">{target.endpoint}</p>
        </div>
        {mayReplay && target.active && target.waiting + target.dead > 0 ? (
          <Form method="post">
            <input type="hidden" name="target" value={target.target} />
            <Button look="secondary" disabled={busy} aria-label={`Try ${target.target} again now`}>
              {busy ? "Putting in line…" : "Try again now"}
            </Button>
          </Form>
        ) : null}
      </div>
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
        <Detail term="Waiting">{target.waiting.toLocaleString("en-GB")}</Detail>
        <Detail term="Oldest waiting">{moment(target.oldest, "–")}</Detail>
        <Detail term="Next try">{target.active ? moment(target.nextTryAt, "–") : "–"}</Detail>
        <Detail term="Given up">{target.dead.toLocaleString("en-GB")}</Detail>
        <Detail term="Last delivered">{moment(target.lastDeliveredAt, "Never yet")}</Detail>
      </dl>
      {target.lastError ? (
        <div className="mt-5">
          <Notice tone={target.dead > 0 ? "bad" : "warn"} title="Last error">
            <span className="wrap-anywhere">{target.lastError}</span>
          </Notice>
        </div>
      ) : null}
      {target.active ? null : (
        <p className="text-muted mt-4 text-sm">
          Not in LRS_TARGETS any more, so nothing is sent. Name it there again and it gets all it has missed.
        </p>
      )}
    </Card>
  );
}

function TargetBadge({ target }: { target: Target }) {
  const [tone, sign, text] = standing(target);
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {text}
    </Badge>
  );
}

function standing({ active, waiting, dead, lastError }: Target) {
  if (!active) return ["neutral", "pause", "Resting"] as const;
  if (dead > 0) return ["bad", "alert", "Some given up"] as const;
  if (waiting > 0 && lastError) return ["warn", "clock", "Waiting for the store"] as const;
  if (waiting > 0) return ["info", "half", "Delivering"] as const;
  return ["good", "check", "Up to date"] as const;
}
