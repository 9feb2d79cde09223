import { useWords } from "#app/components/words.ts";
import { Select } from "#app/components/ui/field.tsx";
import { notSure } from "#app/domain/assistant/answer.ts";
import { affectedGroups, channels, effects, oversights, places } from "#app/domain/risk/facts.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { ChoiceSet, type Option, optionsOf } from "./choice-set.tsx";
import type { Sent } from "./route.tsx";

function useYesOrNo(): Option[] {
  const t = useT();
  return [
    { value: "yes", label: t("Yes") },
    { value: "no", label: t("No") },
    { value: notSure, label: t("Not sure") },
  ];
}

/** Whom the result concerns, who decides, and what follows. */
export function People({ sent }: { sent: Sent }) {
  const t = useT();
  const { facts } = useWords();
  const unsure = { value: notSure, label: t("Not sure") };
  return (
    <>
      <ChoiceSet
        legend={t("Whom does the result concern?")}
        name="affected"
        several
        options={optionsOf(affectedGroups, facts.affected)}
        sent={sent}
      />
      <ChoiceSet
        legend={t("Who decides?")}
        name="oversight"
        options={[...optionsOf(oversights, facts.oversights), unsure]}
        sent={sent}
      />
      <ChoiceSet
        legend={t("What follows from the result?")}
        name="effect"
        options={[...optionsOf(effects, facts.effects), unsure]}
        sent={sent}
      />
    </>
  );
}

/** Where and on what it works, whether people are profiled, and whether something approved is changed. */
export function Circumstances({ sent }: { sent: Sent }) {
  const t = useT();
  const { facts } = useWords();
  const yesOrNo = useYesOrNo();
  return (
    <>
      <div className="max-w-md">
        <Select label={t("Where is it used?")} name="place" defaultValue={String(sent["place"] ?? "")}>
          <option value="">{t("Not said")}</option>
          {optionsOf(places, facts.places).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <ChoiceSet
        legend={t("What does the AI work on or read people by?")}
        name="channels"
        several
        options={optionsOf(channels, facts.channels)}
        sent={sent}
      />
      <ChoiceSet
        legend={t("Does it assess traits or behaviour of people?")}
        hint={t("That is profiling: it predicts or rates what somebody is like, does or will do.")}
        name="profiling"
        options={yesOrNo}
        sent={sent}
      />
      <ChoiceSet
        legend={t("Does it change or extend something that is approved already?")}
        name="change"
        options={yesOrNo}
        sent={sent}
      />
    </>
  );
}
