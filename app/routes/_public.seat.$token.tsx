import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PasswordFields } from "#app/components/password-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { seatOfLink, takeSeat } from "#app/domain/people/seat.server.ts";
import { hashPassword } from "#app/domain/people/session.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Auditor seat"));

export async function loader({ params, context }: LoaderFunctionArgs) {
  return found(await seatOfLink(context.db, params["token"] ?? "", context.now()));
}

const fields = z
  .object({
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
  const { db } = context;
  const token = params["token"] ?? "";
  found(await seatOfLink(db, token, context.now()));
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const passwordHash = await hashPassword(form.value.password);
  const taken = await takeSeat(db, { token, passwordHash }, context.now());
  if (!taken) {
    const t = await translateFor(request);
    return refused({ message: t("This link has been used or has expired. Ask for a new one.") }, 409);
  }
  throw redirect("/sign-in?to=/audit&set=1");
}

export default function TakeSeat() {
  const t = useT();
  const { name, email } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  return (
    <Card className="mx-auto max-w-lg">
      <h1 className="text-2xl">{t("Welcome, {{name}}", { name })}</h1>
      <p className="text-muted mt-2">
        {t("Set a password for {{email}}. This link works once; then you sign in with both.", { email })}
      </p>
      <Form method="post" className="mt-6 space-y-5" noValidate>
        {state?.message ? (
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        ) : null}
        <PasswordFields errors={state?.errors} />
        <Button>{t("Set the password")}</Button>
      </Form>
    </Card>
  );
}
