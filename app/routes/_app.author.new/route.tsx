import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { draftRefusalWords } from "#app/domain/content/draft.ts";
import { audiencesInUse } from "#app/domain/content/draft.server.ts";
import { createModule } from "#app/domain/content/new-module.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { newModuleFields } from "./fields.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("A new module"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "content.author", {});
  return { audiences: await audiencesInUse(context.db) };
}

/** Begins a module and opens its draft. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "content.author", {});
  const form = await parseForm(request, newModuleFields);
  if (!form.ok) return form.response;
  const { passMark, ...said } = form.value;
  const input = { ...said, passMark: passMark / 100 };
  const made = await createModule(context.db, actor, input, context.now());
  if (made.ok) return redirect(`/author/${made.id}`);
  const t = await translateFor(request);
  return refused({ ...form.state, errors: { slug: t(draftRefusalWords[made.reason]) } }, 409);
}

export default function NewModule() {
  const { audiences } = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const busy = useNavigation().state !== "idle";
  const t = useT();
  const errors: Record<string, string> = form.errors;
  const sent = (name: string): string => {
    const value = form.values[name];
    return typeof value === "string" ? value : "";
  };
  const field = (name: string, before = "") => ({
    name,
    defaultValue: sent(name) || before,
    error: errors[name],
  });
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/author" className="underline underline-offset-4">
            {t("Author")}
          </Link>
        }
        title={t("A new module")}
        lead={t(
          "It begins as a draft without lessons and items. The draft says what it lacks; a second person publishes it as version 1.0.0.",
        )}
      />
      <Form method="post" noValidate className="max-w-2xl space-y-6">
        {Object.keys(errors).length > 0 ? (
          <Notice tone="bad" role="alert">
            {t("Something is missing or cannot be read. See the fields below.")}
          </Notice>
        ) : null}
        <TextField label={t("Title")} maxLength={120} required {...field("title")} />
        <TextField
          label={t("Name in addresses and files")}
          hint={t("Lower-case letters, digits and hyphens. It stays for good.")}
          maxLength={60}
          autoCapitalize="none"
          spellCheck={false}
          required
          {...field("slug")}
        />
        <TextArea
          label={t("What it is about")}
          hint={t("A sentence or two, in English, for its learners.")}
          rows={3}
          maxLength={600}
          required
          {...field("summary")}
        />
        <TextArea
          label={t("Objectives")}
          hint={t("What people can do after it, one in each line. Two items are asked on each.")}
          rows={5}
          required
          {...field("objectives")}
        />
        <Audiences
          audiences={audiences}
          chosen={[form.values["audiences"] ?? []].flat()}
          error={errors["audiences"]}
        />
        <div className="grid gap-6 sm:grid-cols-2">
          <TextField
            label={t("Minutes to learn it")}
            inputMode="numeric"
            required
            {...field("minutes", "15")}
          />
          <TextField
            label={t("Pass mark in per cent")}
            inputMode="numeric"
            required
            {...field("passMark", "80")}
          />
        </div>
        <Button disabled={busy}>{t("Begin the module")}</Button>
      </Form>
    </>
  );
}

function Audiences({
  audiences,
  chosen,
  error,
}: {
  audiences: readonly string[];
  chosen: readonly string[];
  error: string | undefined;
}) {
  const t = useT();
  return (
    <fieldset aria-describedby={error ? "audiences-hint audiences-error" : "audiences-hint"}>
      <legend className="text-sm font-semibold">{t("Audiences")}</legend>
      <p id="audiences-hint" className="text-muted mt-1 mb-3 text-sm">
        {t("For whom it is written; none chosen is everybody. Who has to learn it is said by a requirement.")}
      </p>
      {audiences.length === 0 ? (
        <p className="text-muted text-sm">{t("Nobody is in an audience yet.")}</p>
      ) : (
        <div className="grid gap-2.5 sm:grid-cols-2">
          {audiences.map((audience) => (
            <Choice
              key={audience}
              type="checkbox"
              name="audiences[]"
              value={audience}
              defaultChecked={chosen.includes(audience)}
            >
              <span className="wrap-anywhere">{audience}</span>
            </Choice>
          ))}
        </div>
      )}
      {error ? (
        <p id="audiences-error" className="text-bad-ink mt-2 text-sm font-medium">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
