import {
  type ActionFunctionArgs,
  data,
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
import { Glyph } from "#app/components/glyph.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { signPolicyFor } from "#app/domain/competence/policy-signing.server.ts";
import type { CheckMark } from "#app/domain/policies/check.ts";
import { policyChanges } from "#app/domain/policies/change.server.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";
import { parseForm } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { CheckItem } from "./check-item.tsx";
import { courseIn, fields, givenIn, itemField } from "./fields.ts";

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("Acknowledge a policy"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const slug = params["slug"] ?? "";
  const language = await languageOf(request);
  const toSign = found(await policyToSign(context.db, actor, slug, now, language));
  const changed = await policyChanges(context.db, actor, { slug, from: null, to: null }, now);
  return { ...toSign, course: courseIn(request.url), changed: changed?.clauses.length ?? null };
}

const none: CheckMark[] = [];

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const slug = params["slug"] ?? "";
  const course = courseIn(request.url);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { version, confirmed, ...rest } = form.value;
  const result = found(
    await signPolicyFor(
      context.db,
      actor,
      {
        slug,
        versionId: version,
        given: givenIn(rest),
        confirmed: confirmed === "yes",
        requirement: course,
      },
      context.now(),
      await languageOf(request),
    ),
  );
  if (result.ok) return redirect(course ? `/learn/${course}/acknowledge` : `/policies/${slug}/acknowledge`);
  const t = await translateFor(request);
  const { values } = form.state;
  const answer = { values, errors: {} as Record<string, string>, message: "" };
  if (result.reason === "superseded") {
    const message = t("Another version has come into force. Read it and answer anew.");
    return data({ ...answer, message, marks: none }, { status: 409 });
  }
  const untick = t("Tick this to acknowledge the policy.");
  if (result.reason === "unanswered") {
    const missing = result.missing.map((id) => [itemField(id), t("Choose an answer.")]);
    const errors = Object.fromEntries([...missing, ...(result.unconfirmed ? [["confirmed", untick]] : [])]);
    return data({ ...answer, errors, marks: none }, { status: 422 });
  }
  const errors: Record<string, string> = result.reason === "unconfirmed" ? { confirmed: untick } : {};
  return data({ ...answer, errors, marks: result.marks }, { status: 422 });
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function AcknowledgePolicy() {
  const t = useT();
  const { policy, acknowledgedAt, course } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link
            to={course ? `/learn/${course}/acknowledge` : `/policies/${policy.slug}`}
            className="underline underline-offset-4"
          >
            {course ? t("Back to the course") : t("Back to the policy")}
          </Link>
        }
        title={<span lang="en">{policy.title}</span>}
        lead={t("Version {{version}}", { version: policy.version })}
      />
      {acknowledgedAt ? (
        <Card as="section" className="space-y-4">
          <p role="status" className="text-good-ink flex items-center gap-2 font-medium">
            <Glyph name="check" />
            <span>
              <Rich
                text="Acknowledged <moment/>"
                elements={{ moment: <Moment at={acknowledgedAt.toISOString()} /> }}
              />
            </span>
          </p>
          <ButtonLink to={course ? `/learn/${course}/acknowledge` : "/"} look="secondary">
            {course ? t("Back to the course") : t("Home")}
          </ButtonLink>
        </Card>
      ) : (
        <Sign />
      )}
    </div>
  );
}

function Sign() {
  const t = useT();
  const { policy, signed, check, changed } = useLoaderData<typeof loader>();
  const state = useActionData<typeof clientAction>();
  const busy = useNavigation().state === "submitting";
  const refusal = state && "errors" in state ? state : null;
  const marks = refusal && "marks" in refusal ? refusal.marks : [];
  const wrong = marks.filter((mark) => !mark.right).length;
  return (
    <>
      {state && "unreachable" in state ? (
        <Notice tone="warn" role="alert" title={t("Not saved yet")}>
          {t("The server does not answer. Check your connection and confirm again.")}
        </Notice>
      ) : null}
      {refusal?.message ? <Notice tone="warn" role="alert" title={refusal.message} /> : null}
      {wrong > 0 ? (
        <Notice
          tone="warn"
          role="alert"
          title={t("{{count}} answers do not fit the policy yet", { count: wrong })}
        >
          {t("Read what is said below each, look at the clause and answer again. Every try is counted.")}
        </Notice>
      ) : null}
      <Card as="section" className="mt-6 space-y-3">
        <h2 className="text-lg">{t("1. Read")}</h2>
        <p className="text-muted text-sm text-pretty">
          <Rich
            text="<term>What changed:</term> <change/>"
            elements={{
              term: <span className="font-semibold" />,
              change: <span lang="en">{policy.changeNote}</span>,
            }}
          />
        </p>
        <div className="flex flex-wrap gap-3">
          <ButtonLink look="secondary" to={`/policies/${policy.slug}?version=${policy.version}`}>
            {t("Read the policy")}
          </ButtonLink>
          {signed && changed !== null ? (
            <ButtonLink look="secondary" to={`/policies/${policy.slug}/changes`}>
              {t("What changed since you signed version {{version}}", { version: signed.version })}
            </ButtonLink>
          ) : null}
        </div>
      </Card>
      <Form method="post" className="mt-5 space-y-5" noValidate>
        <input type="hidden" name="version" value={policy.id} />
        {check && !check.right ? (
          <Card as="section" className="space-y-6">
            <h2 className="text-lg">{t("2. Answer")}</h2>
            {check.items.map((item) => (
              <CheckItem
                key={item.id}
                item={item}
                slug={policy.slug}
                version={policy.version}
                language={check.language}
                chosen={refusal?.values[itemField(item.id)]}
                error={refusal?.errors[itemField(item.id)]}
                mark={marks.find((mark) => mark.id === item.id)}
              />
            ))}
          </Card>
        ) : null}
        <Card as="section" className="space-y-4">
          <h2 className="text-lg">{check && !check.right ? t("3. Sign") : t("2. Sign")}</h2>
          {check?.right ? (
            <p className="text-good-ink flex items-center gap-2 text-sm font-medium">
              <Glyph name="check" />
              {t("You have answered the questions rightly.")}
            </p>
          ) : null}
          <Choice
            type="checkbox"
            name="confirmed"
            value="yes"
            defaultChecked={refusal?.values["confirmed"] === "yes"}
            aria-invalid={refusal?.errors["confirmed"] ? true : undefined}
            aria-describedby={refusal?.errors["confirmed"] ? "confirmed-error" : undefined}
          >
            <Rich
              text="I have read the <policy/> and will follow it."
              elements={{ policy: <span lang="en">{policy.title}</span> }}
            />
          </Choice>
          {refusal?.errors["confirmed"] ? (
            <p id="confirmed-error" role="alert" className="text-bad-ink text-sm font-medium">
              {refusal.errors["confirmed"]}
            </p>
          ) : null}
          <p className="text-muted text-sm">
            {t("Your confirmation is kept with the version, the time and how often you tried the questions.")}
          </p>
          <Button disabled={busy}>{t(busy ? "Saving…" : "Acknowledge")}</Button>
        </Card>
      </Form>
    </>
  );
}
