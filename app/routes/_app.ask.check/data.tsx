import { useWords } from "#app/components/words.ts";
import { notSure } from "#app/domain/assistant/answer.ts";
import { dataClasses } from "#app/domain/register/terms.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { ChoiceSet, optionsOf } from "./choice-set.tsx";
import type { Sent } from "./route.tsx";

/** What goes into the tool. */
export function Data({ sent }: { sent: Sent }) {
  const t = useT();
  const { facts } = useWords();
  return (
    <ChoiceSet
      legend={t("What data goes into the tool?")}
      hint={t("What you paste, upload or let it read counts.")}
      name="dataClasses"
      several
      options={[...optionsOf(dataClasses, facts.dataClasses), { value: notSure, label: t("Not sure") }]}
      sent={sent}
    />
  );
}
