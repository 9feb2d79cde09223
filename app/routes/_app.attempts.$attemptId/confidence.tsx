import type { Confidence } from "#app/domain/learning/calibration.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";

export const confidenceWords: Record<Confidence, string> = {
  guessing: msg("Guessing"),
  fairly_sure: msg("Fairly sure"),
  certain: msg("Certain"),
};

/** How sure the learner is of the answer above; saying so is optional and changes no score. */
export function ConfidenceFields({ given }: { given: Confidence | null }) {
  const t = useT();
  return (
    <fieldset className="border-line mt-8 border-t pt-5">
      <legend className="sr-only">{t("How sure are you? Optional.")}</legend>
      <p aria-hidden="true" className="text-muted text-sm">
        {t("How sure are you? Optional.")}
      </p>
      <div className="mt-2 flex flex-wrap gap-x-2">
        {Object.entries(confidenceWords).map(([value, label]) => (
          <label
            key={value}
            className="has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-accent hover:bg-sunken flex min-h-11 cursor-pointer items-center gap-2 rounded-lg px-3 text-sm has-focus-visible:outline-2"
          >
            <input
              type="radio"
              name="confidence"
              value={value}
              defaultChecked={given === value}
              className="size-4"
            />
            {t(label)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
