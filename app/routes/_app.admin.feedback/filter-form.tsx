import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import type { FeedbackFilter } from "#app/domain/assistant/feedback.ts";
import { outcomeNames, outcomes } from "#app/domain/risk/outcome.ts";

/** Narrows the list by the address. */
export function FilterForm({ filter }: { filter: FeedbackFilter }) {
  const busy = useNavigation().state !== "idle";
  return (
    <Form
      method="get"
      key={`${filter.helpful}-${filter.outcome}`}
      className="grid items-end gap-4 sm:grid-cols-[14rem_14rem_auto] sm:justify-start"
    >
      <Select label="Feedback" name="helpful" defaultValue={filter.helpful}>
        <option value="">Any</option>
        <option value="yes">Helpful</option>
        <option value="no">Not helpful</option>
      </Select>
      <Select label="Answer" name="outcome" defaultValue={filter.outcome}>
        <option value="">Any</option>
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {outcomeNames[outcome]}
          </option>
        ))}
      </Select>
      <Button look="secondary" disabled={busy}>
        Show
      </Button>
    </Form>
  );
}
