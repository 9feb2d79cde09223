import { useId } from "react";
import { longestShortAnswer } from "#app/domain/content/item.ts";
import type { Language } from "#app/domain/content/language.ts";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import { msg } from "#app/i18n/translate.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import { BranchingFields } from "./branching-fields.tsx";
import { answerField } from "./given.ts";
import { type Lang, Options } from "./options.tsx";
import { MatchingFields } from "./matching-fields.tsx";
import { OrderingFields } from "./ordering-fields.tsx";
import { Passages } from "./passages.tsx";

type Props = {
  item: PresentedItem;
  /** The one the item is written in. */
  language: Language;
  given: GivenResponse | null;
  /** Fields as last sent, to show again what could not be read. */
  sent?: Record<string, string> | undefined;
  error?: string | undefined;
  /** Called after a change that no field announces by itself. */
  onEdit?: (() => void) | undefined;
};

const hints: Record<PresentedItem["type"], string> = {
  single_choice: msg("Choose one."),
  multiple_response: msg("Choose all that apply. Wrong choices count against right ones."),
  true_false: msg("Is this true or false?"),
  ordering: msg("Give each its position, from first to last."),
  matching: msg("Choose the fitting counterpart for each."),
  scenario: msg("Choose one in each step."),
  short_answer: msg("Write a word, a number or a short phrase."),
  mark_up: msg("Mark every passage that fits. Passages marked wrongly count against right ones."),
  branching: msg("Decide, and see what comes of it. A decision cannot be taken back."),
};

/** The fields of one item, operable by keyboard and without scripts; `givenFrom` reads them. */
export function AnswerFields({ item, language, given, sent, error, onEdit }: Props) {
  const t = useT();
  const lang = useLangOf()(language);
  const id = useId();
  const describedBy = `${id}-hint${error ? ` ${id}-error` : ""}`;
  const hint = (
    <p id={`${id}-hint`} className="text-muted mb-4 text-sm">
      {t(hints[item.type])}
    </p>
  );
  const fault = error ? (
    <p id={`${id}-error`} role="alert" className="text-bad-ink mb-4 text-sm font-medium">
      {error}
    </p>
  ) : null;
  if (item.type === "branching")
    return <BranchingFields item={item} hint={hint} fault={fault} describedBy={describedBy} lang={lang} />;
  if (item.type === "scenario") {
    const map = mapOf(given);
    return (
      <div role="group" aria-labelledby={`${id}-stem`}>
        <p
          id={`${id}-stem`}
          lang={lang}
          className="mb-2 max-w-[65ch] text-lg text-pretty whitespace-pre-line"
        >
          {item.stem}
        </p>
        {hint}
        {fault}
        <div className="space-y-6">
          {item.steps.map((step, i) => (
            <fieldset key={step.id} aria-describedby={describedBy}>
              <legend className="mb-3 max-w-[65ch] font-semibold text-pretty">
                <span className="text-muted block text-sm font-medium">
                  {t("Step {{number}} of {{total}}", { number: i + 1, total: item.steps.length })}
                </span>
                <span lang={lang}>{step.stem}</span>
              </legend>
              <Options
                type="radio"
                name={answerField(step.id)}
                options={step.options}
                chosen={[map[step.id] ?? ""]}
                lang={lang}
              />
            </fieldset>
          ))}
        </div>
      </div>
    );
  }
  return (
    <fieldset aria-describedby={describedBy} className="min-w-0">
      <legend lang={lang} className="mb-2 max-w-[65ch] text-lg font-semibold text-pretty whitespace-pre-line">
        {item.stem}
      </legend>
      {hint}
      {fault}
      <PlainFields
        item={item}
        given={given}
        sent={sent}
        faultId={error ? `${id}-error` : undefined}
        onEdit={onEdit}
        lang={lang}
      />
    </fieldset>
  );
}

function PlainFields({
  item,
  given,
  sent,
  faultId,
  onEdit,
  lang,
}: Pick<Props, "given" | "sent" | "onEdit"> &
  Lang & {
    item: Exclude<PresentedItem, { type: "scenario" | "branching" }>;
    /** Of the message that says what is wrong with the answer. */
    faultId: string | undefined;
  }) {
  const t = useT();
  const list = Array.isArray(given) ? given : [];
  switch (item.type) {
    case "single_choice":
      return <Options type="radio" name={answerField()} options={item.options} chosen={list} lang={lang} />;
    case "multiple_response":
      return (
        <Options type="checkbox" name={answerField()} options={item.options} chosen={list} lang={lang} />
      );
    case "true_false":
      return (
        <Options
          type="radio"
          name={answerField()}
          options={[
            { id: "true", text: t("True") },
            { id: "false", text: t("False") },
          ]}
          chosen={list}
          lang={undefined}
        />
      );
    case "ordering":
      return <OrderingFields elements={item.elements} given={list} sent={sent} onEdit={onEdit} lang={lang} />;
    case "matching":
      return <MatchingFields item={item} given={mapOf(given)} lang={lang} />;
    case "mark_up":
      return <Passages passages={item.passages} marked={list} lang={lang} />;
    case "short_answer":
      return (
        <ShortAnswer
          given={typeof given === "string" ? given : ""}
          sent={sent?.[answerField()]}
          faultId={faultId}
        />
      );
  }
}

const mapOf = (given: GivenResponse | null): Record<string, string> =>
  given === null || Array.isArray(given) || typeof given === "string" ? {} : given;

function ShortAnswer({
  given,
  sent,
  faultId,
}: {
  given: string;
  sent: string | undefined;
  faultId: string | undefined;
}) {
  const t = useT();
  return (
    <input
      type="text"
      name={answerField()}
      aria-label={t("Your answer")}
      aria-invalid={faultId ? true : undefined}
      aria-describedby={faultId}
      defaultValue={sent ?? given}
      maxLength={longestShortAnswer}
      autoComplete="off"
      className="bg-surface text-ink border-line-strong min-h-11 w-full max-w-md rounded-lg border px-3 py-2 text-base aria-invalid:border-bad aria-invalid:border-2"
    />
  );
}
