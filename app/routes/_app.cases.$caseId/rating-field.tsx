import { useState } from "react";
import type { SentForm } from "#app/components/form-text.ts";
import { ratingText } from "#app/components/rating-text.ts";
import {
  likelihoodHints,
  likelihoodNames,
  type Score,
  scores,
  severityHints,
  severityNames,
} from "#app/domain/cases/rating.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";

const scales = [
  { name: "likelihood", legend: msg("How likely is harm?"), names: likelihoodNames, hints: likelihoodHints },
  { name: "severity", legend: msg("How bad would it be?"), names: severityNames, hints: severityHints },
] as const;

type Chosen = { likelihood: number | null; severity: number | null };

/** Likelihood and severity, five steps each, with the level they give in words. */
export function RatingField({ initial, errors }: { initial: Chosen; errors: SentForm["errors"] }) {
  const t = useT();
  const [chosen, setChosen] = useState(initial);
  const { likelihood, severity } = chosen;
  return (
    <div className="space-y-4">
      <div className="grid gap-6 md:grid-cols-2">
        {scales.map(({ name, legend, names, hints }) => (
          <fieldset key={name} aria-describedby={errors[name] ? `${name}-error` : undefined}>
            <legend className="mb-2 text-sm font-semibold">{t(legend)}</legend>
            <div className="space-y-1.5">
              {scores.map((score) => (
                <RatingChoice
                  key={score}
                  name={name}
                  score={score}
                  label={t(names[score])}
                  hint={t(hints[score])}
                  checked={initial[name] === score}
                  onChoose={() => setChosen({ ...chosen, [name]: score })}
                />
              ))}
            </div>
            {errors[name] ? (
              <p id={`${name}-error`} className="text-bad-ink mt-1.5 text-sm font-medium">
                {errors[name]}
              </p>
            ) : null}
          </fieldset>
        ))}
      </div>
      <p className="bg-sunken rounded-xl px-4 py-3 text-sm">
        <output aria-live="polite" className="font-semibold">
          {likelihood && severity
            ? ratingText(t, { likelihood, severity })
            : t("The level is likelihood times severity.")}
        </output>{" "}
        <span className="text-muted">
          {t("Low to 4, moderate to 9, high to 14, critical from 15 of 25.")}
        </span>
      </p>
    </div>
  );
}

function RatingChoice(props: {
  name: string;
  score: Score;
  label: string;
  hint: string;
  checked: boolean;
  onChoose: () => void;
}) {
  const { name, score, label, hint, checked, onChoose } = props;
  return (
    <label className="border-line has-checked:border-accent has-checked:bg-accent-soft hover:border-line-strong flex min-h-11 cursor-pointer items-center gap-3 rounded-lg border px-3 py-2 text-sm">
      <input
        type="radio"
        name={name}
        value={score}
        defaultChecked={checked}
        onChange={onChoose}
        className="accent-accent size-4 shrink-0"
      />
      <span>
        <span className="font-semibold">
          {score} {label}
        </span>{" "}
        <span className="text-muted">– {hint}</span>
      </span>
    </label>
  );
}
