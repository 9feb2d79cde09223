import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

type Sent = { state: FormState | undefined };

/** Approve, for a requirement or for the record alone, or refuse; with a reason either way. */
export function DecideForm({ state }: Sent) {
  const t = useT();
  const { entry, choices, ends, today } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const accepts = choices.filter(
    (one) =>
      one.accepts.includes(entry.kind) &&
      (entry.kind !== "attestation" || one.slug === entry.requirement?.slug),
  );
  const accepting = accepts.filter((one) => one.open);
  const whole = entry.criteria?.every((one) => one.met) ?? true;
  const usual = !whole ? "" : (accepting.find((one) => one.slug === entry.requirement?.slug)?.slug ?? "");
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("Decide")}</h2>
      <Form method="post" className="space-y-5" noValidate>
        <Select
          label={t("Counts for")}
          {...fieldOf(state, "requirement", usual)}
          hint={
            accepting.length > 0
              ? t("Only open requirements that accept proof of this kind are listed.")
              : accepts.length > 0
                ? t(
                    "What accepts proof of this kind is completed already: the proof can be kept on the record.",
                  )
                : t("No requirement of this person accepts proof of this kind: only their training counts.")
          }
        >
          <option value="">{t("The record alone")}</option>
          {accepting.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </Select>
        <TextField
          label={t("Last day on which it counts")}
          {...fieldOf(state, "until", entry.validUntil ?? ends[usual] ?? "")}
          type="date"
          min={today}
          {...(entry.validUntil ? { max: entry.validUntil } : {})}
          hint={t("It never counts longer than the training would.")}
        />
        <TextArea
          label={t("Reason")}
          {...fieldOf(state, "note")}
          rows={3}
          maxLength={1000}
          hint={t("How you checked it, or what is missing. The person and auditors read it.")}
        />
        <div className="flex flex-wrap gap-3">
          <Button name="intent" value="approve" disabled={busy}>
            {t("Approve")}
          </Button>
          <Button name="intent" value="refuse" look="secondary" disabled={busy}>
            {t("Refuse")}
          </Button>
        </div>
      </Form>
    </Card>
  );
}

/** Takes back an approval that rests on a wrong proof. */
export function RevokeForm({ state }: Sent) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <details className="bg-surface border-line rounded-2xl border p-5" open={state !== undefined}>
      <summary className="text-accent cursor-pointer font-semibold">{t("Revoke the approval")}</summary>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="revoke" />
        <TextArea
          label={t("Reason")}
          {...fieldOf(state, "note")}
          rows={3}
          maxLength={1000}
          hint={t(
            "If the competence rests on it, the training is due again. The person and auditors read it.",
          )}
        />
        <Button look="danger" disabled={busy}>
          {t("Revoke")}
        </Button>
      </Form>
    </details>
  );
}

/** Takes back what was submitted, as long as nobody has decided. */
export function WithdrawForm() {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="withdraw" />
      <Button look="secondary" disabled={busy}>
        {t("Withdraw it")}
      </Button>
    </Form>
  );
}
