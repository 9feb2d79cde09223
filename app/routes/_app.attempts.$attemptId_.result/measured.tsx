import { ScoreRing } from "#app/components/score-ring.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** What somebody knew before a training or months after it: a score that decides nothing. */
export function Measured({
  kind,
  score,
  requirement,
}: {
  kind: "pretest" | "retention";
  score: number;
  requirement: string;
}) {
  const t = useT();
  const percent = Math.round(score * 100);
  return (
    <Card as="section" className="mt-4 sm:p-8">
      <div className="flex flex-wrap items-center gap-x-10 gap-y-6">
        <ScoreRing
          value={score}

          tone="accent"
          label={t("Score {{percent}} %", { percent })}
          className="size-36"
        >
          <span className="text-3xl font-bold">{percent} %</span>
        </ScoreRing>
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-2xl sm:text-3xl">
            {kind === "pretest" ? t("What you know already") : t("What has stayed")}
          </h1>
          <p className="text-muted mt-3 text-pretty">
            {kind === "pretest"
              ? t(
                  "This decides nothing. It shows where the lessons will help you most, and later how much they did.",
                )
              : t(
                  "This decides nothing and takes no certificate away. Where the bars are short, look at the lesson again.",
                )}
          </p>
          <div className="mt-5">
            <ButtonLink to={`/learn/${requirement}`}>{t("To the lessons")}</ButtonLink>
          </div>
        </div>
      </div>
    </Card>
  );
}
