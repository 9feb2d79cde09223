import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { reviewWords } from "#app/components/review-words.ts";
import { outcomeNames } from "#app/domain/effectiveness/outcome.ts";
import { type ReviewFigures, type ReviewMinutes, reviewSpan } from "#app/domain/effectiveness/review.ts";
import { organisationName, recordedReview } from "#app/domain/effectiveness/review.server.ts";
import { reviewFigures } from "#app/domain/effectiveness/review-figures.server.ts";
import { reviewLines, sectionNames, sections } from "#app/domain/effectiveness/review-line.ts";
import { type ReportText, reviewPdf } from "#app/domain/effectiveness/review-pdf.server.ts";
import { verdictNames } from "#app/domain/effectiveness/verdict.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { localeOf, type Translate } from "#app/i18n/translate.ts";

type Words = ReturnType<typeof reviewWords>;

/** A management review for paper: one that was recorded (`review`), or the figures of a period. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const search = new URL(request.url).searchParams;
  const language = await languageOf(request);
  const t = await translateFor(request);
  const words = reviewWords(t, localeOf(language));
  const asked = search.get("review");
  const recorded =
    asked === null
      ? null
      : found(await recordedReview(context.db, actor, found(z.uuid().safeParse(asked).data)));
  const today = now.toISOString().slice(0, 10);
  const span = reviewSpan({ from: search.get("from"), until: search.get("until") }, today);
  const figures =
    recorded?.figures ?? (await reviewFigures(context.db, actor, { ...span, check: false }, now));
  const pdf = await reviewPdf({
    title: recorded ? t("Management review {{number}}", { number: recorded.number }) : t("Management review"),
    organisation: await organisationName(context.db),
    about: [
      t("{{start}} to {{end}}, beside the period of the same length before.", {
        start: words.day(figures.from),
        end: words.day(figures.until),
      }),
      recorded
        ? t("Held on {{day}}, recorded by {{name}}.", {
            day: words.day(recorded.heldOn),
            name: recorded.recorder,
          })
        : t("Figures as of {{day}}; not recorded as a review.", { day: words.day(today) }),
    ],
    language,
    notes: recorded ? notesOf(t, words, recorded.minutes) : [],
    tables: [...tablesOf(t, words, figures), evaluationsOf(t, figures)],
    footer: recorded ? `SHA-256 ${recorded.sha256}` : "ISO/IEC 42001:2023, 9.3",
    madeAt: recorded?.recordedAt ?? now,
  });
  return download(pdf, "application/pdf", `management-review-${figures.from}-${figures.until}.pdf`);
}

function notesOf(t: Translate, words: Words, minutes: ReviewMinutes): ReportText["notes"] {
  const actions = minutes.actions.map(({ what, owner, on }) => `• ${what} – ${owner}, ${words.day(on)}`);
  return [
    { title: t("Who took part"), text: minutes.attendees },
    { title: t("What has changed outside and inside"), text: minutes.changes },
    { title: t("Decisions"), text: minutes.decisions },
    { title: t("Actions"), text: actions.join("\n") },
  ].filter((one) => one.text !== "");
}

function tablesOf(t: Translate, words: Words, figures: ReviewFigures): ReportText["tables"] {
  const lines = reviewLines(figures);
  return sections
    .filter((section) => lines[section].length > 0)
    .map((section) => ({
      title: t(sectionNames[section]),
      head: headOf(t),
      rows: lines[section].map((one, i) => ({
        label:
          one.name === undefined || /^\d+$/.test(one.name)
            ? words.label(one)
            : `${words.label(one)}: ${one.name}`,
        // Said once where several lines count the same.
        definition: lines[section][i - 1]?.label === one.label ? "" : t(one.definition),
        now: words.value(one.now),
        before: one.before === null ? "–" : words.value(one.before),
      })),
    }));
}

const headOf = (t: Translate): [string, string, string] => [
  t("Figure and what it counts"),
  t("This period"),
  t("Before"),
];

function evaluationsOf(t: Translate, { evaluations }: ReviewFigures): ReportText["tables"][number] {
  const rows = evaluations.decided.map(({ number, title, outcome, verdict, late }) => ({
    label: t("{{number}}. {{title}}", { number, title }),
    definition: late ? t("Changed after the start") : "",
    now: t(verdictNames[verdict]),
    before: t(outcomeNames[outcome]),
  }));
  const none = { label: t("None was concluded in this period."), definition: "", now: "", before: "" };
  return {
    title: t("Effectiveness of training"),
    head: [t("Evaluation"), t("Verdict"), t("Criterion")],
    rows: rows.length === 0 ? [none] : rows,
  };
}
