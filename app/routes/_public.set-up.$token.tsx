import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { z } from "zod";
import { fieldOf } from "#app/components/form-text.ts";
import { PasswordFields } from "#app/components/password-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { setupLinkOpen, useSetupLink as openWithLink } from "#app/domain/people/session.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { sessionHeader } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Set up"));

export async function loader({ params, context }: LoaderFunctionArgs) {
  found((await setupLinkOpen(context.db, params["token"] ?? "", context.now())) || null);
  return null;
}

const fields = z
  .object({
    name: z.string().trim().min(1, msg("Enter your name.")).max(200),
    email: z
      .string()
      .trim()
      .max(254)
      .pipe(z.email(msg("Enter an e-mail address such as name@company.example."))),
    // NIST SP 800-63B-4: length is what counts; no composition rules.
    password: z
      .string()
      .min(15, msg("Use at least 15 characters."))
      .max(256, msg("Use at most 256 characters.")),
    repeated: z.string(),
  })
  .refine((f) => f.password === f.repeated, {
    path: ["repeated"],
    message: msg("The two passwords differ."),
  });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const opened = await openWithLink(
    context.db,
    { token: params["token"] ?? "", ...form.value },
    context.now(),
  );
  if (!opened) {
    const t = await translateFor(request);
    const message = t("This link has been used or has expired. Restart the server for a new one.");
    return refused({ message }, 409);
  }
  throw redirect("/", { headers: { "Set-Cookie": await sessionHeader(opened.token, context) } });
}

export default function SetUp() {
  const t = useT();
  const state = useActionData<typeof action>();
  return (
    <Card className="mx-auto max-w-lg">
      <h1 className="text-2xl">{t("Set up the first administrator")}</h1>
      <p className="text-muted mt-2">
        {t("This link works once. The account can manage people and settings.")}
      </p>
      <Form method="post" className="mt-6 space-y-5" noValidate>
        {state?.message ? (
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        ) : null}
        <TextField label={t("Name")} {...fieldOf(state, "name")} autoComplete="name" />
        <TextField label={t("E-mail")} {...fieldOf(state, "email")} type="email" autoComplete="username" />
        <PasswordFields errors={state?.errors} />
        <Button>{t("Create account")}</Button>
      </Form>
    </Card>
  );
}
