import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { roleNames, roles } from "#app/domain/people/role.ts";
import { samplePassword } from "#app/domain/people/sample.ts";
import { sampleSignIns, signIn } from "#app/domain/people/session.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorIfAny, safePath, sessionHeader } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Sign in"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const to = safePath(search.get("to"));
  if (await actorIfAny(request, context)) throw redirect(to);
  const samples = await sampleSignIns(context.db);
  return {
    to,
    isPasswordSet: search.has("set"),
    samples: samples.map((s) => ({
      ...s,
      roles: roles
        .filter((r) => s.roles.includes(r) && (r !== "employee" || s.roles.length === 1))
        .map((r) => roleNames[r]),
    })),
  };
}

const fields = z.object({
  email: z
    .string()
    .trim()
    .min(1, msg("Enter your e-mail address."))
    .max(254)
    .pipe(z.email(msg("Enter an e-mail address such as name@company.example."))),
  // Longer ones would only cost hashing time.
  password: z
    .string()
    .min(1, msg("Enter your password."))
    .max(256, msg("A password has at most 256 characters.")),
  to: z.string().default("/"),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { email, password, to } = form.value;
  const result = await signIn(context.db, { email, password }, context.now());
  if (result.ok) {
    throw redirect(safePath(to), { headers: { "Set-Cookie": await sessionHeader(result.token, context) } });
  }
  const t = await translateFor(request);
  if (result.reason === "locked") {
    const seconds = Math.max(1, Math.ceil((result.until.getTime() - context.now().getTime()) / 1000));
    return refused(
      {
        values: { email },
        message: t("Too many wrong passwords. Try again in {{count}} minutes.", {
          count: Math.ceil(seconds / 60),
        }),
      },
      429,
      { "Retry-After": String(seconds) },
    );
  }
  return refused(
    { values: { email }, message: t("E-mail and password do not fit together. Check both and try again.") },
    401,
  );
}

export default function SignIn() {
  const t = useT();
  const { samples, to, isPasswordSet } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="grid items-start gap-8 pt-6 lg:grid-cols-2 lg:pt-16">
      <div>
        <h1 className="text-3xl sm:text-4xl">{t("Know what you may do with AI. Be able to prove it.")}</h1>
        <p className="text-muted mt-4 max-w-md text-lg">
          {t(
            "Training that fits your role, answers that quote the policy, and the evidence an ISO/IEC 42001 auditor asks for.",
          )}
        </p>
        {samples.length > 0 ? (
          <section aria-labelledby="samples" className="mt-8">
            <h2 id="samples" className="text-lg">
              {t("Sample sign-ins")}
            </h2>
            <p className="text-muted mt-1 text-sm">
              <Rich
                text="This is the sample organisation. Everyone’s password is <password/>"
                elements={{
                  password: (
                    <code className="bg-sunken text-ink rounded px-1.5 py-0.5">{samplePassword}</code>
                  ),
                }}
              />
            </p>
            <ul className="border-line divide-line mt-3 divide-y border-y">
              {samples.map((s) => (
                <li key={s.email} className="flex flex-wrap items-center gap-x-4 py-1">
                  <div className="min-w-0 flex-1 py-1">
                    <p className="font-medium">
                      {s.name}{" "}
                      <span className="text-muted font-normal">
                        · {s.roles.map((role) => t(role)).join(", ")}
                      </span>
                    </p>
                    <p className="text-muted text-sm wrap-anywhere">{s.email}</p>
                  </div>
                  <Form method="post">
                    <input type="hidden" name="email" value={s.email} />
                    <input type="hidden" name="password" value={samplePassword} />
                    <input type="hidden" name="to" value={to} />
                    <Button look="quiet" aria-label={t("Sign in as {{name}}", { name: s.name })}>
                      {t("Sign in")}
                    </Button>
                  </Form>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <Card className="lg:order-none">
        <Form method="post" className="space-y-5" noValidate>
          <h2 className="text-xl">{t("Sign in")}</h2>
          {state?.message ? (
            <Notice tone="bad" role="alert">
              {state.message}
            </Notice>
          ) : isPasswordSet ? (
            <Notice tone="good" role="status">
              {t("Your password is set. Sign in with it now.")}
            </Notice>
          ) : null}
          <input type="hidden" name="to" value={to} />
          <TextField
            label={t("E-mail")}
            {...fieldOf(state, "email")}
            type="email"
            autoComplete="username"
            required
          />
          <TextField
            label={t("Password")}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            error={state?.errors["password"]}
          />
          <Button disabled={busy} className="w-full">
            {t(busy ? "Signing in…" : "Sign in")}
          </Button>
        </Form>
      </Card>
    </div>
  );
}
