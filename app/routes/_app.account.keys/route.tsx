import { randomBytes } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { keyDays, mostKeys } from "#app/domain/assistant/api-key.ts";
import { createKey, keysOf, revokeKey } from "#app/domain/assistant/api-key.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { CreateForm } from "./create-form.tsx";
import { keyFields } from "./fields.ts";
import { Issued } from "./issued.tsx";
import { KeyCard } from "./key-card.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("API keys"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const keys = await keysOf(context.db, actor, context.now());
  const revoked = new URL(request.url).searchParams.get("revoked");
  return {
    keys,
    days: keyDays,
    baseUrl: context.baseUrl,
    revoked: keys.find((key) => key.id === revoked && key.revokedAt)?.name ?? null,
  };
}

export type Key = ReturnType<typeof useLoaderData<typeof loader>>["keys"][number];

/** A new secret is answered in this one page; no address holds it or leads back to it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "question.ask", { personId: actor.id });
  const form = await parseForm(request, keyFields);
  if (!form.ok) return form.response;
  const t = await translateFor(request);
  const conflict = (message: string) => refused({ ...form.state, message }, 409);
  if (form.value.intent === "create") {
    const { name, days } = form.value;
    const made = await createKey(context.db, actor, { name, days }, context.now(), randomBytes);
    if (made.ok) return data({ issued: { name, id: made.id, secret: made.secret } });
    return conflict(
      t("You have {{most}} keys in force, as many as there may be. Revoke one you no longer use.", {
        most: mostKeys,
      }),
    );
  }
  const { id } = form.value;
  const ended = found(await revokeKey(context.db, actor, id, context.now()));
  if (!ended.ok) return conflict(t("This key had ended before; there is nothing left to revoke."));
  throw redirect(`/account/keys?revoked=${id}`);
}

export default function Keys() {
  const t = useT();
  const { keys, days, baseUrl, revoked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const issued = answer && "issued" in answer ? answer.issued : null;
  const form = answer && "errors" in answer ? answer : { errors: {}, values: {} };
  return (
    <>
      <PageHeader
        title={t("API keys")}
        lead={t(
          "With a key, tools you work with ask the assistant in your name before they act. It opens the verdict and nothing else: no records, no questions asked before.",
        )}
        actions={
          <ButtonLink to="#create" look="secondary" className="lg:hidden">
            {t("Make a key")}
          </ButtonLink>
        }
      />
      <div className="space-y-6">
        {form.message ? (
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        ) : null}
        {revoked !== null && !answer ? (
          <Notice tone="good" role="status">
            {t("{{name}} was revoked. What still uses it is refused from now on.", { name: revoked })}
          </Notice>
        ) : null}
        {issued ? <Issued key={issued.id} {...issued} baseUrl={baseUrl} /> : null}
        <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem]">
          <section aria-labelledby="keys" className="min-w-0">
            <h2 id="keys" className="mb-3 text-lg">
              {t("Your keys")}
            </h2>
            {keys.length === 0 ? (
              <EmptyState title={t("No key yet")}>
                {t(
                  "The pages work without one. Make a key when an editor, a chat client or a script is to ask for you.",
                )}
              </EmptyState>
            ) : (
              <ul className="space-y-4">
                {keys.map((key) => (
                  <KeyCard key={key.id} item={key} form={form} />
                ))}
              </ul>
            )}
          </section>
          <CreateForm key={issued?.id ?? "first"} days={days} form={form} />
        </div>
      </div>
    </>
  );
}
