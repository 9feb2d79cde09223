import { Choice, TextField } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** Each criterion with met or not met, and a note. Nothing is chosen beforehand. */
export function Criteria({
  criteria,
  sent,
  unsaid,
}: {
  criteria: readonly string[];
  sent: (name: string) => string;
  unsaid: boolean;
}) {
  const t = useT();
  return (
    <>
      {criteria.map((text, i) => {
        const met = sent(`met-${i}`);
        return (
          <fieldset key={text} className="border-line border-b pb-5">
            <legend lang="en" className="mb-2 font-semibold text-pretty">
              {text}
            </legend>
            {unsaid && met === "" ? (
              <p className="text-bad-ink mb-2 text-sm font-medium">{t("Choose one of the two.")}</p>
            ) : null}
            <div className="mb-3 grid gap-2.5 sm:grid-cols-2">
              <Choice type="radio" name={`met-${i}`} value="met" defaultChecked={met === "met"}>
                {t("Met")}
              </Choice>
              <Choice type="radio" name={`met-${i}`} value="not_met" defaultChecked={met === "not_met"}>
                {t("Not met")}
              </Choice>
            </div>
            <TextField
              id={`note-${i}`}
              label={t("Note on this criterion")}
              name={`note-${i}`}
              maxLength={500}
              defaultValue={sent(`note-${i}`)}
            />
          </fieldset>
        );
      })}
    </>
  );
}
