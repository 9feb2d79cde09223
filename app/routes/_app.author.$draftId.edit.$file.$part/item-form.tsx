import { useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { cognitiveLevels, riskDomains } from "#app/domain/content/item.ts";
import type { ItemFields } from "#app/domain/content/item-form.ts";
import { itemTypeNames } from "#app/domain/content/plain-item.ts";
import type { EditPage } from "./route.tsx";

/** The fields of an item of a common type. */
export function ItemForm({
  fields,
  page,
  onEdit,
}: {
  fields: ItemFields;
  page: EditPage;
  onEdit: () => void;
}) {
  const { objectives, mayWrite } = page;
  return (
    <fieldset disabled={!mayWrite} className="min-w-0 space-y-6">
      <legend className="sr-only">{itemTypeNames[fields.type]}</legend>
      <input type="hidden" name="as" value="form" />
      <input type="hidden" name="type" value={fields.type} />
      <p className="text-muted text-sm font-medium">{itemTypeNames[fields.type]}</p>
      <TextArea label="Question" name="stem" rows={4} defaultValue={fields.stem} />
      <Body fields={fields} onEdit={onEdit} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label="Objective" name="objective" defaultValue={fields.objective}>
          {objectives.some((one) => one.id === fields.objective) ? null : (
            <option value={fields.objective}>{fields.objective}</option>
          )}
          {objectives.map(({ id, text }) => (
            <option key={id} value={id}>
              {id}: {text}
            </option>
          ))}
        </Select>
        <Select label="Cognitive level" name="level" defaultValue={fields.level}>
          {cognitiveLevels.map((level) => (
            <option key={level} value={level}>
              {level}
            </option>
          ))}
        </Select>
        <Select label="Risk domain" name="riskDomain" defaultValue={fields.riskDomain}>
          {Object.entries(riskDomains).map(([number, name]) => (
            <option key={number} value={number}>
              {number}: {name}
            </option>
          ))}
        </Select>
        <TextField
          label="Policy clause"
          name="clause"
          defaultValue={fields.clause}
          hint="Such as acceptable-use-policy#3.3; may be empty."
        />
        <TextField
          label="Difficulty"
          name="difficulty"
          inputMode="decimal"
          defaultValue={fields.difficulty}
          hint="Share who answer rightly at first, 0 to 1."
        />
        <TextField
          label="Audiences"
          name="audiences"
          defaultValue={fields.audiences}
          hint="Where fewer than the module’s; separated by commas."
        />
        <TextField label="Id" name="id" defaultValue={fields.id} hint="Stays the same in every version." />
      </div>
    </fieldset>
  );
}

function Body({ fields, onEdit }: { fields: ItemFields; onEdit: () => void }) {
  switch (fields.type) {
    case "single_choice":
    case "multiple_response":
      return <Rows fields={fields} name="Option" columns={["text", "feedback"]} markable onEdit={onEdit} />;
    case "mark_up":
      return <Rows fields={fields} name="Passage" columns={["text", "feedback"]} markable onEdit={onEdit} />;
    case "ordering":
      return (
        <>
          <Rows fields={fields} name="Element, in the right order" columns={["text"]} onEdit={onEdit} />
          <Feedback label="Explanation" value={fields.feedback} />
        </>
      );
    case "matching":
      return (
        <>
          <Rows fields={fields} name="Pair" columns={["text", "right"]} onEdit={onEdit} />
          <Feedback label="Explanation" value={fields.feedback} />
        </>
      );
    case "true_false":
      return (
        <>
          <fieldset>
            <legend className="mb-2 text-sm font-semibold">Right answer</legend>
            <div className="flex flex-wrap gap-3">
              {(["true", "false"] as const).map((value) => (
                <Choice
                  key={value}
                  type="radio"
                  name="answer"
                  value={value}
                  defaultChecked={fields.answer === value}
                >
                  {value === "true" ? "True" : "False"}
                </Choice>
              ))}
            </div>
          </fieldset>
          <Feedback label="To those who say “True”" value={fields.feedback} />
          <Feedback label="To those who say “False”" name="wrong" value={fields.wrong} />
        </>
      );
    case "short_answer":
      return (
        <>
          <TextArea
            label="Answers that count"
            name="accepted"
            rows={5}
            defaultValue={fields.accepted}
            hint="One in each line; * stands for any letters."
          />
          <Feedback label="After a right answer" value={fields.feedback} />
          <Feedback label="After a wrong answer" name="wrong" value={fields.wrong} />
        </>
      );
  }
}

function Feedback({ label, name = "feedback", value }: { label: string; name?: string; value: string }) {
  return <TextArea label={label} name={name} rows={2} defaultValue={value} />;
}

const empty = { id: "", text: "", right: "", feedback: "", correct: false };
const columnNames = { text: "Text", right: "Its counterpart", feedback: "Why" } as const;

/** Options and the like. There is always one empty row more, so that one can be added without scripts. */
function Rows({
  fields,
  name,
  columns,
  markable = false,
  onEdit,
}: {
  fields: ItemFields;
  name: string;
  columns: readonly ("text" | "right" | "feedback")[];
  markable?: boolean;
  onEdit: () => void;
}) {
  const [more, setMore] = useState(1);
  const rows = [...fields.rows, ...Array.from({ length: more }, () => empty)];
  const single = fields.type === "single_choice";
  const field = { text: "rowText[]", right: "rowRight[]", feedback: "rowFeedback[]" } as const;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-2 text-sm font-semibold">{name}s</legend>
      {rows.map((row, i) => (
        <div key={i} className="border-line bg-surface rounded-xl border p-3 sm:p-4">
          <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4">
            <span className="text-muted text-sm font-medium">
              {i + 1}
              {row.id ? ` (${row.id})` : ", new"}
            </span>
            {markable ? (
              <label className="flex min-h-11 cursor-pointer items-center gap-2 text-sm font-medium">
                <input
                  type={single ? "radio" : "checkbox"}
                  name="correct[]"
                  value={i}
                  defaultChecked={row.correct}
                  className="accent-accent size-4"
                />
                {fields.type === "mark_up" ? "To mark" : "Right"}
              </label>
            ) : null}
          </div>
          <input type="hidden" name="rowId[]" value={row.id} />
          <div className="grid gap-3 sm:grid-cols-2">
            {(["text", "right", "feedback"] as const).map((column) =>
              columns.includes(column) ? (
                <TextArea
                  key={column}
                  id={`${column}-${i}`}
                  label={columnNames[column]}
                  name={field[column]}
                  rows={2}
                  defaultValue={row[column]}
                />
              ) : (
                <input key={column} type="hidden" name={field[column]} value="" />
              ),
            )}
          </div>
        </div>
      ))}
      <p className="text-muted text-sm">A row without any text is left out: empty one to delete it.</p>
      <Button
        type="button"
        look="secondary"
        onClick={() => {
          setMore((n) => n + 1);
          onEdit();
        }}
      >
        Add a row
      </Button>
    </fieldset>
  );
}
