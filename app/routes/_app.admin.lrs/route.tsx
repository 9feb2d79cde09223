import { randomBytes } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { sentWith } from "#app/components/form-text.ts";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import {
  createCredential,
  credentials,
  revokeCredential,
  rotateCredential,
} from "#app/domain/lrs/credential.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { ClientCard } from "./client-card.tsx";
import { CreateForm } from "./create-form.tsx";
import { clientFields } from "./fields.ts";
import { Issued } from "./issued.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("LRS clients"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const clients = await credentials(context.db, actor);
  const revoked = new URL(request.url).searchParams.get("revoked");
  return {
    clients,
    endpoint: `${context.baseUrl}/xapi/`,
    revoked: clients.find((client) => client.id === revoked && client.revokedAt)?.name ?? null,
  };
}

export type Client = ReturnType<typeof useLoaderData<typeof loader>>["clients"][number];

/** A new secret is answered in this one page; no address holds it or leads back to it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "lrs.manage", {});
  const form = await parseForm(request, clientFields);
  if (!form.ok) return form.response;
  const { db } = context;
  const now = context.now();
  if (form.value.intent === "create") {
    const { intent: _, ...input } = form.value;
    const { id, key, secret } = await createCredential(db, actor, input, now, randomBytes);
    return data({ issued: { id, key, secret } });
  }
  const { id, intent } = form.value;
  const t = await translateFor(request);
  const already = (message: string) => refused({ ...form.state, message }, 409);
  if (intent === "revoke") {
    const ended = found(await revokeCredential(db, actor, id, now));
    if (!ended.ok) return already(t("This client was revoked before."));
    throw redirect(`/admin/lrs?revoked=${id}`);
  }
  const rotated = found(await rotateCredential(db, actor, id, now, randomBytes));
  if (!rotated.ok) return already(t("This client was revoked. Create another one instead."));
  return data({ issued: { id, key: rotated.key, secret: rotated.secret } });
}

export default function LrsClients() {
  const t = useT();
  const { clients, endpoint, revoked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const issued = answer && "issued" in answer ? answer.issued : null;
  const form = answer && "errors" in answer ? answer : { errors: {}, values: {} };
  const client = clients.find(({ id }) => id === issued?.id);
  return (
    <>
      <PageHeader
        title={t("LRS clients")}
        lead={
          <Rich
            text="Courses and tools that store or read xAPI statements here, each with a key and secret of its own. They find the record store at <endpoint/>"
            elements={{ endpoint: <code className="text-ink wrap-anywhere">{endpoint}</code> }}
          />
        }
        actions={
          <ButtonLink to="#create" look="secondary" className="lg:hidden">
            {t("Create a client")}
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
            {t("{{name}} was revoked. Within a second its requests are refused; its statements stay.", {
              name: revoked,
            })}
          </Notice>
        ) : null}
        {issued && client ? (
          <Issued key={issued.secret} client={client} secret={issued.secret} endpoint={endpoint} />
        ) : null}
        <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem]">
          <section aria-labelledby="clients" className="min-w-0">
            <h2 id="clients" className="mb-3 text-lg">
              {t("Clients")}
            </h2>
            {clients.length === 0 ? (
              <EmptyState title={t("No client yet")}>
                {t(
                  "The product stores its own statements without one. Create a client when a course or another system is to store statements here, or to read them.",
                )}
              </EmptyState>
            ) : (
              <ul className="space-y-4">
                {clients.map((client) => (
                  <ClientCard key={client.id} client={client} form={form} />
                ))}
              </ul>
            )}
          </section>
          <CreateForm key={issued?.secret ?? "first"} form={sentWith(form, "create")} />
        </div>
      </div>
    </>
  );
}
