import { useId } from "react";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import { Choice } from "../ui/field.tsx";
import { answerField } from "./given.ts";
import { OrderingFields } from "./ordering-fields.tsx";

type Props = {
  item: PresentedItem;
  given: GivenResponse | null;
  /** Fields as last sent, to show again what could not be read. */
  sent?: Record<string, string> | undefined;
  error?: string | undefined;
  /** Called after a change that no field announces by itself. */
  onEdit?: () => void;
};

const hints: Record<PresentedItem["type"], string> = {
  single_choice: "Choose one.",
  multiple_response: "Choose all that apply. Wrong choices count against right ones.",
  true_false: "Is this true or false?",
  ordering: "Give each its position, from first to last.",
  matching: "Choose the fitting counterpart for each.",
  scenario: "Choose one in each step.",
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
  if (item.type === "scenario") {
    const map = given === null || Array.isArray(given) ? {} : given;
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
}: Omit<Props, "item" | "error"> & { item: Exclude<PresentedItem, { type: "scenario" }> }) {
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
      return <MatchingFields item={item} given={given === null || Array.isArray(given) ? {} : given} />;
  }
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
