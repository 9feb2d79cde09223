import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { IntervalPlot } from "#app/components/chart/interval-plot.tsx";
import { useFigures } from "#app/components/evaluation-words.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import { measureNames } from "#app/domain/effectiveness/criterion.ts";
import type { Estimate } from "#app/domain/effectiveness/statistics.ts";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { Practised } from "./practised.tsx";
import type { loader } from "./route.tsx";

/** What was found, or that nothing is shown before its day. */
export function Outcome() {
  const t = useT();
  const { result, criterion } = useLoaderData<typeof loader>();
  return (
    <Card as="section">
      <h2 className="text-lg">{t("Result")}</h2>
      {result === null ? (
        <p className="text-muted mt-2 text-pretty">
          <Rich
            text="No score is shown to anybody before <day/>, so that nobody can stop or change the evaluation for what the data seem to say."
            elements={{ day: <Day at={criterion.decisionOn} /> }}
          />
        </p>
      ) : result.body.estimate.value === null ? (
        <div className="mt-3">
          <Notice tone="neutral">
            {t("{{count}} people have a value. Of fewer than five nothing is shown.", {
              count: result.body.estimate.n,
            })}
          </Notice>
        </div>
      ) : (
        <Found />
      )}
    </Card>
  );
}

function Found() {
  const t = useT();
  const number = useNumber();
  const { plain, ofMeasure, threshold } = useFigures();
  const { result, criterion } = useLoaderData<typeof loader>();
  if (!result) return null;
  const { estimate, paired, decay, data } = result.body;
  const { measure } = criterion;
  const value = estimate.value ?? 0;
  const interval = (one: Estimate, write: (value: number) => string): string =>
    one.low === null || one.high === null
      ? t("no interval")
      : t("{{low}} to {{high}}", { low: write(one.low), high: write(one.high) });
  const write = (one: number): string => ofMeasure(measure, one);
  const percent = (one: number): string => `${plain(one)} %`;
  return (
    <div className="mt-3 space-y-6">
      <p>
        <span className="text-3xl font-semibold tracking-tight tabular-nums">{write(value)}</span>
        <span className="text-muted mt-1 block text-sm">
          {t("95 % interval {{interval}} · {{count}} people", {
            interval: interval(estimate, write),
            count: estimate.n,
          })}
        </span>
      </p>
      <IntervalPlot
        title={t("Estimate and threshold")}
        label={t(
          "{{measure}}: {{value}}, 95 % interval {{interval}}; the criterion asks for {{threshold}}.",
          {
            measure: t(measureNames[measure]),
            value: write(value),
            interval: interval(estimate, write),
            threshold: threshold(criterion),
          },
        )}
        rows={[{ name: "estimate", ...estimate, value, text: t(measureNames[measure]) }]}
        threshold={{ value: criterion.threshold, text: threshold(criterion) }}
        domain={[0, measure === "gain" ? 30 : 100]}
        format={plain}
        table={{
          head: [t("Measure"), t("Estimate"), t("95 % interval")],
          rows: [
            { key: "estimate", cells: [t(measureNames[measure]), write(value), interval(estimate, write)] },
          ],
        }}
      />
      {paired && paired.pre.value !== null && paired.post.value !== null ? (
        <>
          <IntervalPlot
            title={t("Before and after, of the same people")}
            label={t("Before {{pre}}, after {{post}}.", {
              pre: percent(paired.pre.value),
              post: percent(paired.post.value),
            })}
            rows={[
              { name: "pre", ...paired.pre, value: paired.pre.value, text: t("Pre-test") },
              { name: "post", ...paired.post, value: paired.post.value, text: t("First assessment") },
            ]}
            threshold={null}
            domain={[0, 100]}
            format={percent}
            table={{
              head: [t("Form"), t("Mean"), t("95 % interval")],
              rows: [
                {
                  key: "pre",
                  cells: [t("Pre-test"), percent(paired.pre.value), interval(paired.pre, percent)],
                },
                {
                  key: "post",
                  cells: [t("First assessment"), percent(paired.post.value), interval(paired.post, percent)],
                },
              ],
            }}
          />
          <dl className="grid gap-4 text-sm sm:grid-cols-3">
            <Figure
              term={t("Normalised gain")}
              value={paired.normalisedGain}
              means={t("What was gained of what could be gained, of the means (Hake 1998).")}
            />
            <Figure
              term={t("Mean of individual gains")}
              value={paired.meanIndividualGain}
              means={t("The same person by person, without those who began at 100 %.")}
            />
            <Figure
              term={t("Effect size")}
              value={paired.effectSize}
              means={t(
                "Mean difference in standard deviations of the differences, corrected for small samples (Hedges).",
              )}
            />
          </dl>
        </>
      ) : null}
      {decay && decay.value !== null ? (
        <dl className="text-sm">
          <Detail term={t("Change since the assessment, of the same people")}>
            {t("{{value}} points", { value: plain(decay.value) })}
            <span className="text-muted block font-normal">
              {t("95 % interval {{interval}} · {{count}} people", {
                interval: interval(decay, plain),
                count: decay.n,
              })}
            </span>
          </Detail>
        </dl>
      ) : null}
      <Practised />
      <p className="text-muted text-sm text-pretty">
        {t(
          "This compares people with themselves, without a control group: what else happened in the meantime may have had its part. It says how well they did in these forms, not that anybody is competent in the sense of a law.",
        )}
      </p>
      <p className="text-sm">
        {result.again
          ? t("Computed again just now from {{count}} stored facts: the same.", { count: data.facts })
          : t(
              "Computed again just now, the facts are others than on the day of the result ({{facts}} then). The result stands as it was recorded.",
              {
                facts: number(data.facts),
              },
            )}{" "}
        <code className="text-muted text-xs wrap-anywhere">{data.sha256}</code>
      </p>
    </div>
  );
}

function Figure({ term, value, means }: { term: string; value: number | null; means: ReactNode }) {
  const { plain } = useFigures();
  return (
    <Detail term={term}>
      <span className="text-xl tabular-nums">{value === null ? "–" : plain(value, 2)}</span>
      <span className="text-muted block font-normal">{means}</span>
    </Detail>
  );
}
