import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigation,
} from "@remix-run/react";
import { z } from "zod";
import { Glyph } from "#app/components/glyph.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { courseFor } from "#app/domain/competence/curriculum.server.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Acknowledge the policies · Clause7" }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const course = await courseFor(context.db, actor, params["requirement"] ?? "", context.now());
  const { requirement, module, policies, acknowledged } = found(course);
  return { requirement, module: { title: module.title }, policies, acknowledged };
}

const fields = z.object({ policies: z.array(z.string().max(100)).max(50).default([]) });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { policies } = form.value;
  const result = found(
    await acknowledgePolicies(context.db, actor, { requirement, policies }, context.now()),
  );
  if (result.ok) return redirect(`/learn/${requirement}`);
  const errors = Object.fromEntries(
    result.slugs.map((slug) => [slug, "Tick this to go on, or read it first and come back."]),
  );
  return refused({ errors, values: { policies } }, 422);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Acknowledge() {
  const { requirement, module, policies, acknowledged } = useLoaderData<typeof loader>();
  const state = useActionData<typeof clientAction>();
  const busy = useNavigation().state === "submitting";
  const refusal = state && "errors" in state ? state : null;
  const ticked = refusal?.values["policies"] ?? [];
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/learn/${requirement.slug}`} className="underline underline-offset-4">
            {module.title}
          </Link>
        }
        title="Acknowledge the policies"
        lead="Confirm that you know these policies and how your work contributes to keeping them. Your confirmation is kept with the version it was given for."
      />
      {state && "unreachable" in state ? (
        <Notice tone="warn" role="alert" title="Not saved yet">
          The server does not answer. Check your connection and confirm again.
        </Notice>
      ) : null}
      <Form method="post" className="mt-6 space-y-5">
        {policies.map((policy) => (
          <Card as="section" key={policy.slug}>
            <div className="flex flex-wrap items-baseline justify-between gap-3">
              <h2 className="text-lg">{policy.title}</h2>
              <span className="text-muted text-sm">Version {policy.version}</span>
            </div>
            <p className="text-muted mt-2 text-sm text-pretty">
              <span className="font-semibold">What changed: </span>
              {policy.changeNote}
            </p>
            <p className="my-4">
              <Link
                to={`/policies/${policy.slug}?version=${policy.version}`}
                className="text-accent font-semibold underline underline-offset-4"
              >
                Read the policy
              </Link>
            </p>
            {policy.acknowledgedAt ? (
              <p className="text-good-ink flex items-center gap-2 text-sm font-medium">
                <Glyph name="check" />
                <span>
                  Acknowledged <Day at={policy.acknowledgedAt.toISOString()} />
                </span>
              </p>
            ) : (
              <>
                <Choice
                  type="checkbox"
                  name="policies[]"
                  value={policy.slug}
                  defaultChecked={ticked.includes(policy.slug)}
                  aria-invalid={refusal?.errors[policy.slug] ? true : undefined}
                  aria-describedby={refusal?.errors[policy.slug] ? `${policy.slug}-error` : undefined}
                >
                  I have read the {policy.title} and will follow it.
                </Choice>
                {refusal?.errors[policy.slug] ? (
                  <p
                    id={`${policy.slug}-error`}
                    role="alert"
                    className="text-bad-ink mt-2 text-sm font-medium"
                  >
                    {refusal.errors[policy.slug]}
                  </p>
                ) : null}
              </>
            )}
          </Card>
        ))}
        {acknowledged ? (
          <ButtonLink to={`/learn/${requirement.slug}`}>Back to the overview</ButtonLink>
        ) : (
          <Button disabled={busy}>{busy ? "Saving…" : "Confirm"}</Button>
        )}
      </Form>
    </div>
  );
}
