import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { categoryNames, type ErasureCategory, erasureCategories } from "#app/domain/people/erasure.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { action, loader } from "./route.tsx";

/** Holds on evidence: what they keep, of whom, why and until when; and the form for a new one. */
export function Holds() {
  const t = useT();
  const { holds } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const sent = refusal?.values["intent"] === "hold" ? refusal : null;
  const chosen = sent?.values["categories"] ?? [];
  return (
    <section aria-labelledby="holds" className="space-y-4">
      <h2 id="holds" className="text-xl">
        {t("Holds on evidence")}
      </h2>
      {holds.length === 0 ? <p className="text-muted text-sm">{t("None yet.")}</p> : null}
      <ul className="space-y-3">
        {holds.map((hold) => (
          <Card as="li" key={hold.id} className="flex flex-wrap items-start justify-between gap-4 text-sm">
            <div className="min-w-0 space-y-1">
              <p className="font-semibold">
                {hold.name ?? t("Everybody")}{" "}
                {hold.endedAt ? <Badge>{t("Ended")}</Badge> : <Badge tone="warn">{t("In force")}</Badge>}
              </p>
              <p className="wrap-anywhere">{hold.reason}</p>
              <p className="text-muted">
                <Rich text="until <day/>" elements={{ day: <Day at={hold.until} /> }} /> ·{" "}
                {hold.categories.map((one) => t(categoryNames[one as ErasureCategory])).join("; ")}
              </p>
            </div>
            {hold.endedAt ? null : (
              <Form method="post">
                <input type="hidden" name="intent" value="end_hold" />
                <input type="hidden" name="id" value={hold.id} />
                <Button look="secondary" disabled={busy}>
                  {t("End the hold")}
                  <span className="sr-only">: {hold.reason}</span>
                </Button>
              </Form>
            )}
          </Card>
        ))}
      </ul>
      <details open={sent ? true : undefined}>
        <summary className="text-accent w-fit cursor-pointer py-2.5 text-sm font-semibold">
          {t("Place a hold")}
        </summary>
        <Form method="post" className="bg-sunken mt-2 max-w-2xl space-y-4 rounded-xl p-4" noValidate>
          <input type="hidden" name="intent" value="hold" />
          <TextField
            id="hold-email"
            label={t("E-mail of the person")}
            {...fieldOf(sent, "email")}
            type="email"
            hint={t("Empty: everybody.")}
          />
          <fieldset
            className="space-y-2"
            aria-describedby={sent?.errors["categories"] ? "hold-categories-error" : undefined}
          >
            <legend className="text-sm font-semibold">{t("What it keeps")}</legend>
            {erasureCategories.map((category) => (
              <Choice
                key={category}
                type="checkbox"
                name="categories[]"
                value={category}
                aria-invalid={sent?.errors["categories"] ? true : undefined}
                className="bg-surface"
                defaultChecked={chosen.includes(category)}
              >
                {t(categoryNames[category])}
              </Choice>
            ))}
            {sent?.errors["categories"] ? (
              <p id="hold-categories-error" className="text-bad-ink text-sm font-medium">
                {sent.errors["categories"]}
              </p>
            ) : null}
          </fieldset>
          <TextArea
            id="hold-reason"
            label={t("Reason")}
            {...fieldOf(sent, "reason")}
            rows={2}
            maxLength={500}
          />
          <TextField id="hold-until" label={t("Last day")} {...fieldOf(sent, "until")} type="date" />
          <Button disabled={busy}>{t(busy ? "Saving…" : "Place the hold")}</Button>
        </Form>
      </details>
    </section>
  );
}
