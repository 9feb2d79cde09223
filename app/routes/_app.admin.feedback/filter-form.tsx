import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { useWords } from "#app/components/words.ts";
import type { FeedbackFilter } from "#app/domain/assistant/feedback.ts";
import { outcomes } from "#app/domain/risk/outcome.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** Narrows the list by the address. */
export function FilterForm({ filter }: { filter: FeedbackFilter }) {
  const t = useT();
  const words = useWords();
  const busy = useNavigation().state !== "idle";
  return (
    <Form
      method="get"
      key={`${filter.helpful}-${filter.outcome}`}
      className="grid items-end gap-4 sm:grid-cols-[14rem_14rem_auto] sm:justify-start"
    >
      <Select label={t("Feedback")} name="helpful" defaultValue={filter.helpful}>
        <option value="">{t("Any")}</option>
        <option value="yes">{t("Helpful")}</option>
        <option value="no">{t("Not helpful")}</option>
      </Select>
      <Select label={t("Answer")} name="outcome" defaultValue={filter.outcome}>
        <option value="">{t("Any")}</option>
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {words.outcomes[outcome]}
          </option>
        ))}
      </Select>
      <Button look="secondary" disabled={busy}>
        {t("Show")}
      </Button>
    </Form>
  );
}
