import { notSure } from "#app/domain/assistant/answer.ts";
import { dataClassNames, dataClasses } from "#app/domain/register/terms.ts";
import { ChoiceSet, optionsOf } from "./choice-set.tsx";
import type { Sent } from "./route.tsx";

/** What goes into the tool. */
export function Data({ sent }: { sent: Sent }) {
  return (
    <ChoiceSet
      legend="What data goes into the tool?"
      hint="What you paste, upload or let it read counts."
      name="dataClasses"
      several
      options={[...optionsOf(dataClasses, dataClassNames), { value: notSure, label: "Not sure" }]}
      sent={sent}
    />
  );
}
