import { useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { cognitiveLevels, riskDomains } from "#app/domain/content/item.ts";
import type { ItemFields } from "#app/domain/content/item-form.ts";
import { itemTypeNames } from "#app/domain/content/plain-item.ts";
import { msg } from "#app/i18n/translate.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
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
  const t = useT();
  const langOf = useLangOf();
  return (
    <fieldset disabled={!mayWrite} className="min-w-0 space-y-6">
      <legend className="sr-only">{t(itemTypeNames[fields.type])}</legend>
      <input type="hidden" name="as" value="form" />
      <input type="hidden" name="type" value={fields.type} />
      <p className="text-muted text-sm font-medium">{t(itemTypeNames[fields.type])}</p>
      <TextArea label={t("Question")} name="stem" rows={4} defaultValue={fields.stem} />
      <Body fields={fields} onEdit={onEdit} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label={t("Objective")} name="objective" defaultValue={fields.objective}>
          {objectives.some((one) => one.id === fields.objective) ? null : (
            <option value={fields.objective}>{fields.objective}</option>
          )}
          {objectives.map(({ id, text }) => (
            <option key={id} value={id} lang={langOf("en")}>
              {id}: {text}
            </option>
          ))}
        </Select>
        <Select label={t("Cognitive level")} name="level" defaultValue={fields.level}>
          {cognitiveLevels.map((level) => (
            <option key={level} value={level}>
              {t(level)}
            </option>
          ))}
        </Select>
        <Select label={t("Risk domain")} name="riskDomain" defaultValue={fields.riskDomain}>
          {Object.entries(riskDomains).map(([number, name]) => (
            <option key={number} value={number}>
              {number}: {t(name)}
            </option>
          ))}
        </Select>
        <TextField
          label={t("Policy clause")}
          name="clause"
          defaultValue={fields.clause}
          hint={t("Such as acceptable-use-policy#3.3; may be empty.")}
        />
        <TextField
          label={t("Difficulty")}
          name="difficulty"
          inputMode="decimal"
          defaultValue={fields.difficulty}
          hint={t("Share who answer rightly at first, 0 to 1.")}
        />
        <TextField
          label={t("Audiences")}
          name="audiences"
          defaultValue={fields.audiences}
          hint={t("Where fewer than the module’s; separated by commas.")}
        />
        <TextField
          label={t("Id")}
          name="id"
          defaultValue={fields.id}
          hint={t("Stays the same in every version.")}
        />
      </div>
    </fieldset>
  );
}

function Body({ fields, onEdit }: { fields: ItemFields; onEdit: () => void }) {
  const t = useT();
  switch (fields.type) {
    case "single_choice":
    case "multiple_response":
      return (
        <Rows fields={fields} legend={t("Options")} columns={["text", "feedback"]} markable onEdit={onEdit} />
      );
    case "mark_up":
      return (
        <Rows
          fields={fields}
          legend={t("Passages")}
          columns={["text", "feedback"]}
          markable
          onEdit={onEdit}
        />
      );
    case "ordering":
      return (
        <>
          <Rows
            fields={fields}
            legend={t("Elements, in the right order")}
            columns={["text"]}
            onEdit={onEdit}
          />
          <Feedback label={t("Explanation")} value={fields.feedback} />
        </>
      );
    case "matching":
      return (
        <>
          <Rows fields={fields} legend={t("Pairs")} columns={["text", "right"]} onEdit={onEdit} />
          <Feedback label={t("Explanation")} value={fields.feedback} />
        </>
      );
    case "true_false":
      return (
        <>
          <fieldset>
            <legend className="mb-2 text-sm font-semibold">{t("Right answer")}</legend>
            <div className="flex flex-wrap gap-3">
              {(["true", "false"] as const).map((value) => (
                <Choice
                  key={value}
                  type="radio"
                  name="answer"
                  value={value}
                  defaultChecked={fields.answer === value}
                >
                  {value === "true" ? t("True") : t("False")}
                </Choice>
              ))}
            </div>
          </fieldset>
          <Feedback label={t("To those who say “True”")} value={fields.feedback} />
          <Feedback label={t("To those who say “False”")} name="wrong" value={fields.wrong} />
        </>
      );
    case "short_answer":
      return (
        <>
          <TextArea
            label={t("Answers that count")}
            name="accepted"
            rows={5}
            defaultValue={fields.accepted}
            hint={t("One in each line; * stands for any letters.")}
          />
          <Feedback label={t("After a right answer")} value={fields.feedback} />
          <Feedback label={t("After a wrong answer")} name="wrong" value={fields.wrong} />
        </>
      );
  }
}

function Feedback({ label, name = "feedback", value }: { label: string; name?: string; value: string }) {
  return <TextArea label={label} name={name} rows={2} defaultValue={value} />;
}

const empty = { id: "", text: "", right: "", feedback: "", correct: false };
const columnNames = { text: msg("Text"), right: msg("Its counterpart"), feedback: msg("Why") } as const;

/** Options and the like. There is always one empty row more, so that one can be added without scripts. */
function Rows({
  fields,
  legend,
  columns,
  markable = false,
  onEdit,
}: {
  fields: ItemFields;
  legend: string;
  columns: readonly ("text" | "right" | "feedback")[];
  markable?: boolean;
  onEdit: () => void;
}) {
  const t = useT();
  const [more, setMore] = useState(1);
  const rows = [...fields.rows, ...Array.from({ length: more }, () => empty)];
  const single = fields.type === "single_choice";
  const field = { text: "rowText[]", right: "rowRight[]", feedback: "rowFeedback[]" } as const;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-2 text-sm font-semibold">{legend}</legend>
      {rows.map((row, i) => (
        <div key={i} className="border-line bg-surface rounded-xl border p-3 sm:p-4">
          <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4">
            <span className="text-muted text-sm font-medium">
              {row.id ? `${i + 1} (${row.id})` : t("{{number}}, new", { number: i + 1 })}
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
                {fields.type === "mark_up" ? t("To mark") : t("Right")}
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
                  label={t(columnNames[column])}
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
      <p className="text-muted text-sm">{t("A row without any text is left out: empty one to delete it.")}</p>
      <Button
        type="button"
        look="secondary"
        onClick={() => {
          setMore((n) => n + 1);
          onEdit();
        }}
      >
        {t("Add a row")}
      </Button>
    </fieldset>
  );
}
