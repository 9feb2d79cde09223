import { Meter } from "#app/components/ui/surface.tsx";
import type { Calibration, calibrationVerdict } from "#app/domain/learning/calibration.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";

const labels: Record<Calibration[number]["confidence"], string> = {
  guessing: msg("Guessing"),
  fairly_sure: msg("Fairly sure"),
  certain: msg("Certain"),
};

const verdicts: Record<NonNullable<ReturnType<typeof calibrationVerdict>>, string> = {
  overconfident: msg(
    "You were certain more often than you were right. In daily work, look it up or ask before you act on such a feeling.",
  ),
  underconfident: msg("You know more than you think: most of what you called a guess was right."),
  calibrated: msg("You judge your own answers well."),
};

/** How well the learner judged their answers; nothing where they did not say how sure they were. */
export function CalibrationFeedback({
  calibration,
  verdict,
}: {
  calibration: Calibration;
  verdict: ReturnType<typeof calibrationVerdict>;
}) {
  const t = useT();
  if (calibration.length === 0) return null;
  return (
    <section aria-labelledby="calibration" className="mt-12">
      <h2 id="calibration" className="text-xl">
        {t("How sure you were")}
      </h2>
      {verdict ? <p className="text-muted mt-2 max-w-prose text-pretty">{t(verdicts[verdict])}</p> : null}
      <ul className="mt-4 grid gap-x-10 gap-y-5 sm:grid-cols-3">
        {calibration.map(({ confidence, answers, score }) => (
          <li key={confidence}>
            <p className="mb-1.5 flex items-baseline justify-between gap-4 text-sm">
              <span className="font-medium">{t(labels[confidence])}</span>
              <span className="text-muted tabular-nums">
                {t("{{count}} answers, {{percent}} % right", {
                  count: answers,
                  percent: Math.round(score * 100),
                })}
              </span>
            </p>
            <Meter value={score} label={t(labels[confidence])} tone="accent" />
          </li>
        ))}
      </ul>
    </section>
  );
}
