import { Select } from "#app/components/ui/field.tsx";
import { notSure } from "#app/domain/assistant/answer.ts";
import {
  affectedGroups,
  affectedNames,
  channelNames,
  channels,
  effectNames,
  effects,
  oversightNames,
  oversights,
  placeNames,
  places,
} from "#app/domain/risk/facts.ts";
import { ChoiceSet, optionsOf } from "./choice-set.tsx";
import type { Sent } from "./route.tsx";

const unsure = { value: notSure, label: "Not sure" };
const yesOrNo = [{ value: "yes", label: "Yes" }, { value: "no", label: "No" }, unsure];

/** Whom the result concerns, who decides, and what follows. */
export function People({ sent }: { sent: Sent }) {
  return (
    <>
      <ChoiceSet
        legend="Whom does the result concern?"
        name="affected"
        several
        options={optionsOf(affectedGroups, affectedNames)}
        sent={sent}
      />
      <ChoiceSet
        legend="Who decides?"
        name="oversight"
        options={[...optionsOf(oversights, oversightNames), unsure]}
        sent={sent}
      />
      <ChoiceSet
        legend="What follows from the result?"
        name="effect"
        options={[...optionsOf(effects, effectNames), unsure]}
        sent={sent}
      />
    </>
  );
}

/** Where and on what it works, whether people are profiled, and whether something approved is changed. */
export function Circumstances({ sent }: { sent: Sent }) {
  return (
    <>
      <div className="max-w-md">
        <Select label="Where is it used?" name="place" defaultValue={String(sent["place"] ?? "")}>
          <option value="">Not said</option>
          {optionsOf(places, placeNames).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <ChoiceSet
        legend="What does the AI work on or read people by?"
        name="channels"
        several
        options={optionsOf(channels, channelNames)}
        sent={sent}
      />
      <ChoiceSet
        legend="Does it assess traits or behaviour of people?"
        hint="That is profiling: it predicts or rates what somebody is like, does or will do."
        name="profiling"
        options={yesOrNo}
        sent={sent}
      />
      <ChoiceSet
        legend="Does it change or extend something that is approved already?"
        name="change"
        options={yesOrNo}
        sent={sent}
      />
    </>
  );
}
