import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { ReviewReport } from "#app/components/review/report.tsx";
import { Button, ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/surface.tsx";
import { possibleOwners } from "#app/domain/effectiveness/criterion-choices.server.ts";
import { isUpsideDown, recordRefusals, reviewForm, reviewSpan } from "#app/domain/effectiveness/review.ts";
import { recordReview, recordedReviews } from "#app/domain/effectiveness/review.server.ts";
import { reviewFigures } from "#app/domain/effectiveness/review-figures.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { RecordForm } from "./record-form.tsx";
import { Recorded } from "./recorded.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Management review"));

const askedOf = (request: Request): { from: string | null; until: string | null } => {
  const search = new URL(request.url).searchParams;
  return { from: search.get("from"), until: search.get("until") };
};

const spanOf = (request: Request, now: Date): { from: string; until: string } =>
  reviewSpan(askedOf(request), now.toISOString().slice(0, 10));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const span = spanOf(request, now);
  const check = new URL(request.url).searchParams.has("check");
  const mayRecord = can(actor, "review.record");
  return {
    figures: await reviewFigures(context.db, actor, { ...span, check }, now),
    recorded: await recordedReviews(context.db, actor),
    mayRecord,
    upsideDown: isUpsideDown(askedOf(request)),
    owners: mayRecord ? await possibleOwners(context.db, now) : [],
    today: now.toISOString().slice(0, 10),
  };
}

/** Records the review of the period that the address names. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const form = await parseForm(request, reviewForm);
  if (!form.ok) return form.response;
  const done = await recordReview(context.db, actor, { ...spanOf(request, now), form: form.value }, now);
  if (done.ok) return redirect(`/management-review/${done.id}`);
  const t = await translateFor(request);
  const message = t(recordRefusals[done.reason]);
  return refused({ ...form.state, errors: { [done.reason === "future" ? "heldOn" : "what"]: message } }, 422);
}

export default function ManagementReview() {
  const t = useT();
  const { figures, mayRecord, upsideDown } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { from, until } = figures;
  const query = new URLSearchParams({ from, until });
  return (
    <>
      <PageHeader
        title={t("Management review")}
        lead={t(
          "What top management looks at (ISO/IEC 42001 9.3): each figure with its definition, beside the period of the same length before.",
        )}
        actions={
          <>
            <ButtonLink to={`/management-review?${query}&check`} look="secondary" prefetch="none">
              {t("Check the audit chain")}
            </ButtonLink>
            <ButtonAnchor href={`/management-review.pdf?${query}`} look="secondary">
              {t("Download as PDF")}
            </ButtonAnchor>
          </>
        }
      />
      <Form
        key={`${from}/${until}`}
        role="search"
        aria-label={t("Period under review")}
        className="mb-8 flex flex-wrap items-end gap-3"
      >
        <TextField
          label={t("From")}
          name="from"
          type="date"
          defaultValue={from}
          error={
            upsideDown ? t("The first day was after the last. The 90 days until then are shown.") : undefined
          }
        />
        <TextField label={t("Until")} name="until" type="date" defaultValue={until} />
        <Button look="secondary">{t("Show")}</Button>
      </Form>
      <ReviewReport figures={figures} />
      <div className="mt-12 grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {mayRecord ? <RecordForm sent={sent ?? { errors: {}, values: {} }} /> : <div />}
        <Recorded />
      </div>
    </>
  );
}
