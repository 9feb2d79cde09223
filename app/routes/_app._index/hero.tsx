import { Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { HeldLine } from "#app/components/held-line.tsx";
import { nextStep } from "#app/components/next-step.ts";
import { DueLine } from "#app/components/requirement-card.tsx";
import { ScoreRing } from "#app/components/score-ring.tsx";
import { WhyAsked } from "#app/components/period-notes.tsx";
import { StateBadge } from "#app/components/state-badge.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** The one thing to do next. */
export function Hero() {
  const t = useT();
  const { first, now } = useLoaderData<typeof loader>();
  const langOf = useLangOf();
  if (!first) return null;
  const step = nextStep(first);
  const lang = langOf(first.module.language);
  return (
    <Card as="section" className="sm:p-8">
      <div className="flex flex-wrap items-center gap-x-8 gap-y-6">
        <ScoreRing
          value={first.percent / 100}
          label={t("{{percent}} % of the lessons done", { percent: first.percent })}
          className="size-28 sm:size-36"
        >
          <span className="text-2xl font-bold sm:text-3xl">{first.percent} %</span>
          <span className="text-muted block text-xs">{t("of lessons")}</span>
        </ScoreRing>
        <div className="min-w-0 flex-1 basis-64">
          <StateBadge state={first.state} />
          <h2 lang={lang} className="mt-3 text-xl sm:text-2xl">
            {first.module.title}
          </h2>
          <p lang={lang} className="text-muted mt-2 text-pretty">
            {first.module.summary}
          </p>
          <div className="mt-3">
            <WhyAsked {...first} />
          </div>
          <p className="mt-3 text-sm font-medium">
            <DueLine {...first} now={now} />
          </p>
          <div className="mt-3">
            <HeldLine held={first.held} />
          </div>
          <div className="mt-5 flex flex-wrap gap-3">
            <ButtonLink to={step.to}>
              {t(step.label)}
              <Glyph name="right" />
            </ButtonLink>
            {step.to === `/learn/${first.slug}` ? null : (
              <ButtonLink to={`/learn/${first.slug}`} look="secondary">
                {t("Overview")}
              </ButtonLink>
            )}
          </div>
        </div>
      </div>
    </Card>
  );
}

/** When there is nothing to do. */
export function AllDone() {
  const t = useT();
  const lang = useLangOf()(sourceLanguage);
  const { first, now } = useLoaderData<typeof loader>();
  return (
    <Card as="section" className="sm:p-8">
      <div className="flex items-start gap-4">
        <span className="bg-good-soft text-good-ink grid size-12 shrink-0 place-items-center rounded-full">
          <Glyph name="check" className="size-6" />
        </span>
        <div>
          <h2 className="text-xl">{t(first ? "You are up to date" : "Nothing is assigned to you")}</h2>
          <p className="text-muted mt-2 text-pretty">
            {first
              ? t("When a renewal opens or something new applies to your role, it appears here.")
              : t("When a requirement applies to your role, it appears here with its due date.")}
          </p>
          {first ? (
            <p className="mt-4 text-sm">
              <Link
                to={`/learn/${first.slug}`}
                lang={lang}
                className="text-accent font-semibold underline underline-offset-4"
              >
                {first.title}
              </Link>{" "}
              · <DueLine {...first} now={now} />
            </p>
          ) : null}
        </div>
      </div>
    </Card>
  );
}
