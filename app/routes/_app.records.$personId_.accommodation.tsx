import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { accommodationWords } from "#app/components/accommodation-words.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { timeFactors } from "#app/domain/learning/accommodation.ts";
import {
  accommodationFor,
  endAccommodation,
  grantAccommodation,
  mayAccommodate,
} from "#app/domain/learning/accommodation.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Accommodation"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const personId = params["personId"] ?? "";
  const person = found(await mayAccommodate(context.db, actor, personId));
  const done = new URL(request.url).searchParams.get("done");
  return { person, done, current: await accommodationFor(context.db, actor, personId) };
}

const fields = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("grant"),
    time: z.enum([...timeFactors.map(String), "none"], msg("Choose how much time.")),
    reason: z
      .string()
      .trim()
      .min(1, msg("Give the reason; it is kept with the decision."))
      .max(500, msg("Keep the reason within 500 characters.")),
  }),
  z.object({ intent: z.literal("end") }),
]);

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const personId = params["personId"] ?? "";
  const now = context.now();
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const sent = form.value;
  if (sent.intent === "end") {
    const ended = found(await endAccommodation(context.db, actor, { personId }, now));
    if (!ended.ok) {
      const t = await translateFor(request);
      return refused({ message: t("There is no accommodation to end any more.") }, 409);
    }
  } else {
    const timeFactor = sent.time === "none" ? null : Number(sent.time);
    const { reason } = sent;
    found(await grantAccommodation(context.db, actor, { personId, timeFactor, reason }, now));
  }
  return redirect(`/records/${personId}/accommodation?done=${sent.intent}`);
}

export default function AccommodationPage() {
  const t = useT();
  const { person, current, done } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const sentTime = state?.values["time"];
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/records/${person.id}`} className="underline underline-offset-4">
            {person.name}
          </Link>
        }
        title={t("Accommodation")}
        lead={t(
          "More time in assessments, or no time limit. It holds for attempts begun from now on; the items and the pass mark stay the same.",
        )}
      />
      {state?.message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        </div>
      ) : done ? (
        <div className="mb-6">
          <Notice tone="good" role="status">
            {done === "end" ? t("The accommodation has ended.") : t("The accommodation is granted.")}
          </Notice>
        </div>
      ) : null}
      <Card as="section" className="mb-8">
        <h2 className="text-lg">{t("What holds now")}</h2>
        {current ? (
          <>
            <p className="mt-2 font-medium">{accommodationWords(t, current.timeFactor)}</p>
            <p className="text-muted mt-1 text-sm">
              <Rich
                text="Since <moment/>"
                elements={{ moment: <Moment at={current.grantedAt.toISOString()} /> }}
              />
            </p>
            <p className="mt-2 max-w-[65ch] whitespace-pre-line wrap-anywhere">{current.reason}</p>
            <Form method="post" className="mt-4">
              <input type="hidden" name="intent" value="end" />
              <Button look="secondary" disabled={busy}>
                {t("End it")}
              </Button>
            </Form>
          </>
        ) : (
          <p className="text-muted mt-2">{t("The time limit of each module, as for everybody.")}</p>
        )}
      </Card>
      <Card as="section">
        <h2 className="mb-4 text-lg">{current ? t("Decide anew") : t("Decide")}</h2>
        <Form method="post" className="space-y-5" noValidate>
          <input type="hidden" name="intent" value="grant" />
          <fieldset>
            <legend className="mb-2 font-semibold">{t("Time")}</legend>
            {state?.errors["time"] ? (
              <p role="alert" className="text-bad-ink mb-2 text-sm font-medium">
                {state.errors["time"]}
              </p>
            ) : null}
            <div className="space-y-2.5">
              {[...timeFactors, null].map((factor) => (
                <Choice
                  key={String(factor)}
                  type="radio"
                  name="time"
                  value={factor === null ? "none" : String(factor)}
                  defaultChecked={sentTime === (factor === null ? "none" : String(factor))}
                >
                  {accommodationWords(t, factor)}
                </Choice>
              ))}
            </div>
          </fieldset>
          <TextArea
            label={t("Reason")}
            name="reason"
            rows={3}
            maxLength={500}
            hint={t("Only what the decision needs: no diagnosis. The person, HR and nobody else reads it.")}
            defaultValue={typeof state?.values["reason"] === "string" ? state.values["reason"] : ""}
            error={state?.errors["reason"]}
          />
          <Button disabled={busy}>{busy ? t("Saving…") : t("Grant")}</Button>
        </Form>
      </Card>
    </div>
  );
}
