import { type ReactNode, useId } from "react";
import { longestShortAnswer } from "#app/domain/content/item.ts";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import { Choice } from "../ui/field.tsx";
import { Button } from "../ui/button.tsx";
import { answerField } from "./given.ts";
import { OrderingFields } from "./ordering-fields.tsx";

type Props = {
  item: PresentedItem;
  given: GivenResponse | null;
  /** Fields as last sent, to show again what could not be read. */
  sent?: Record<string, string> | undefined;
  error?: string | undefined;
  /** Called after a change that no field announces by itself. */
  onEdit?: (() => void) | undefined;
};

const hints: Record<PresentedItem["type"], string> = {
  single_choice: "Choose one.",
  multiple_response: "Choose all that apply. Wrong choices count against right ones.",
  true_false: "Is this true or false?",
  ordering: "Give each its position, from first to last.",
  matching: "Choose the fitting counterpart for each.",
  scenario: "Choose one in each step.",
  short_answer: "Write a word, a number or a short phrase.",
  mark_up: "Mark every passage that fits. Passages marked wrongly count against right ones.",
  branching: "Decide, and see what comes of it. A decision cannot be taken back.",
};

/** The fields of one item, operable by keyboard and without scripts; `givenFrom` reads them. */
export function AnswerFields({ item, given, sent, error, onEdit }: Props) {
  const id = useId();
  const describedBy = `${id}-hint${error ? ` ${id}-error` : ""}`;
  const notes = (
    <>
      <p id={`${id}-hint`} className="text-muted mb-4 text-sm">
        {hints[item.type]}
      </p>
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-bad-ink mb-4 text-sm font-medium">
          {error}
        </p>
      ) : null}
    </>
  );
  if (item.type === "branching")
    return <BranchingFields item={item} notes={notes} describedBy={describedBy} />;
  if (item.type === "scenario") {
    const map = mapOf(given);
    return (
      <div>
        <p className="mb-2 max-w-[65ch] text-lg text-pretty whitespace-pre-line">{item.stem}</p>
        {notes}
        <div className="space-y-6">
          {item.steps.map((step, i) => (
            <fieldset key={step.id} aria-describedby={describedBy}>
              <legend className="mb-3 max-w-[65ch] font-semibold text-pretty">
                <span className="text-muted block text-sm font-medium">
                  Step {i + 1} of {item.steps.length}
                </span>
                {step.stem}
              </legend>
              <Options
                type="radio"
                name={answerField(step.id)}
                options={step.options}
                chosen={[map[step.id] ?? ""]}
              />
            </fieldset>
          ))}
        </div>
      </div>
    );
  }
  return (
    <fieldset aria-describedby={describedBy} className="min-w-0">
      <legend className="mb-2 max-w-[65ch] text-lg font-semibold text-pretty whitespace-pre-line">
        {item.stem}
      </legend>
      {notes}
      <PlainFields item={item} given={given} sent={sent} onEdit={onEdit} />
    </fieldset>
  );
}

function PlainFields({
  item,
  given,
  sent,
  onEdit,
}: Omit<Props, "item" | "error"> & { item: Exclude<PresentedItem, { type: "scenario" | "branching" }> }) {
  const list = Array.isArray(given) ? given : [];
  switch (item.type) {
    case "single_choice":
      return <Options type="radio" name={answerField()} options={item.options} chosen={list} />;
    case "multiple_response":
      return <Options type="checkbox" name={answerField()} options={item.options} chosen={list} />;
    case "true_false":
      return (
        <Options
          type="radio"
          name={answerField()}
          options={[
            { id: "true", text: "True" },
            { id: "false", text: "False" },
          ]}
          chosen={list}
        />
      );
    case "ordering":
      return <OrderingFields elements={item.elements} given={list} sent={sent} onEdit={onEdit} />;
    case "matching":
      return <MatchingFields item={item} given={mapOf(given)} />;
    case "mark_up":
      return <Passages passages={item.passages} marked={list} />;
    case "short_answer":
      return <ShortAnswer given={typeof given === "string" ? given : ""} sent={sent?.[answerField()]} />;
  }
}

const mapOf = (given: GivenResponse | null): Record<string, string> =>
  given === null || Array.isArray(given) || typeof given === "string" ? {} : given;

function ShortAnswer({ given, sent }: { given: string; sent: string | undefined }) {
  return (
    <input
      type="text"
      name={answerField()}
      aria-label="Your answer"
      defaultValue={sent ?? given}
      maxLength={longestShortAnswer}
      autoComplete="off"
      className="bg-surface text-ink border-line-strong min-h-11 w-full max-w-md rounded-lg border px-3 py-2 text-base"
    />
  );
}

/** A document whose passages can be marked, each a checkbox that reads as running text. */
function Passages({
  passages,
  marked,
}: {
  passages: readonly { id: string; text: string }[];
  marked: readonly string[];
}) {
  return (
    <div className="border-line bg-surface max-w-[75ch] rounded-xl border p-4 leading-9 sm:p-6">
      {passages.map((passage) => (
        <label
          key={passage.id}
          className="group has-checked:bg-warn-soft has-checked:text-warn-ink has-focus-visible:outline-accent hover:bg-sunken cursor-pointer rounded-md px-1 py-1 has-focus-visible:outline-2"
        >
          <input
            type="checkbox"
            name={answerField()}
            value={passage.id}
            defaultChecked={marked.includes(passage.id)}
            className="mr-1.5 size-4 align-[-2px]"
          />
          <span className="group-has-checked:underline group-has-checked:decoration-2 group-has-checked:underline-offset-4">
            {passage.text}
          </span>{" "}
        </label>
      ))}
    </div>
  );
}

/** The way taken so far, and the decision that is open. */
function BranchingFields({
  item,
  notes,
  describedBy,
}: {
  item: Extract<PresentedItem, { type: "branching" }>;
  notes: ReactNode;
  describedBy: string;
}) {
  return (
    <div>
      <p className="mb-2 max-w-[65ch] text-lg text-pretty whitespace-pre-line">{item.stem}</p>
      {notes}
      <ol className="space-y-6">
        {item.steps.map((step) => (
          <li key={step.id}>
            {step.chosen ? (
              <div className="border-line-strong max-w-[70ch] space-y-2 border-l-2 pl-4">
                <p className="text-pretty whitespace-pre-line">{step.stem}</p>
                <p className="font-semibold text-pretty">
                  <span className="text-muted block text-sm font-medium">You decided</span>
                  {step.chosen.text}
                </p>
                <p className="text-pretty whitespace-pre-line">{step.chosen.consequence}</p>
              </div>
            ) : (
              <fieldset aria-describedby={describedBy}>
                <legend className="mb-3 max-w-[65ch] font-semibold text-pretty whitespace-pre-line">
                  {step.stem}
                </legend>
                <Options type="radio" name={answerField(step.id)} options={step.options} chosen={[]} />
                <Button name="go" value="stay" look="secondary" className="mt-4">
                  Decide
                </Button>
              </fieldset>
            )}
          </li>
        ))}
      </ol>
      {item.ended ? (
        <p role="status" className="text-muted mt-6 text-sm font-medium">
          This is where your decisions led. What to make of it stands in the result.
        </p>
      ) : null}
    </div>
  );
}

function Options({
  type,
  name,
  options,
  chosen,
}: {
  type: "radio" | "checkbox";
  name: string;
  options: readonly { id: string; text: string }[];
  chosen: readonly string[];
}) {
  return (
    <div className="max-w-[70ch] space-y-2.5">
      {options.map((option) => (
        <Choice
          key={option.id}
          type={type}
          name={name}
          value={option.id}
          defaultChecked={chosen.includes(option.id)}
          className="bg-surface"
        >
          {option.text}
        </Choice>
      ))}
    </div>
  );
}

function MatchingFields({
  item,
  given,
}: {
  item: Extract<PresentedItem, { type: "matching" }>;
  given: Record<string, string>;
}) {
  const id = useId();
  return (
    <ul className="max-w-[80ch] space-y-3">
      {item.left.map((left) => (
        <li
          key={left.id}
          className="border-line bg-surface grid items-center gap-2 rounded-xl border p-3 sm:grid-cols-2 sm:gap-4"
        >
          <label htmlFor={`${id}-${left.id}`} className="font-medium">
            {left.text}
          </label>
          <select
            id={`${id}-${left.id}`}
            name={answerField(left.id)}
            defaultValue={given[left.id] ?? ""}
            className="bg-surface text-ink border-line-strong min-h-11 w-full rounded-lg border px-3 py-2 text-base"
          >
            <option value="">Choose…</option>
            {item.right.map((right) => (
              <option key={right.id} value={right.id}>
                {right.text}
              </option>
            ))}
          </select>
        </li>
      ))}
    </ul>
  );
}
