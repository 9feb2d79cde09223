import type { ReactNode } from "react";
import type { PresentedItem } from "#app/domain/learning/presentation.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Button } from "../ui/button.tsx";
import { answerField } from "./given.ts";
import { type Lang, Options } from "./options.tsx";

/** The way taken so far, and the decision that is open. */
export function BranchingFields({
  item,
  notes,
  describedBy,
  lang,
}: Lang & {
  item: Extract<PresentedItem, { type: "branching" }>;
  notes: ReactNode;
  describedBy: string;
}) {
  const t = useT();
  return (
    <div>
      <p lang={lang} className="mb-2 max-w-[65ch] text-lg text-pretty whitespace-pre-line">
        {item.stem}
      </p>
      {notes}
      <ol className="space-y-6">
        {item.steps.map((step) => (
          <li key={step.id}>
            {step.chosen ? (
              <div className="border-line-strong max-w-[70ch] space-y-2 border-l-2 pl-4">
                <p lang={lang} className="text-pretty whitespace-pre-line">
                  {step.stem}
                </p>
                <p className="font-semibold text-pretty">
                  <span className="text-muted block text-sm font-medium">{t("You decided")}</span>
                  <span lang={lang}>{step.chosen.text}</span>
                </p>
                <p lang={lang} className="text-pretty whitespace-pre-line">
                  {step.chosen.consequence}
                </p>
              </div>
            ) : (
              <fieldset aria-describedby={describedBy}>
                <legend
                  lang={lang}
                  className="mb-3 max-w-[65ch] font-semibold text-pretty whitespace-pre-line"
                >
                  {step.stem}
                </legend>
                <Options
                  type="radio"
                  name={answerField(step.id)}
                  options={step.options}
                  chosen={[]}
                  lang={lang}
                />
                <Button name="go" value="stay" look="secondary" className="mt-4">
                  {t("Decide")}
                </Button>
              </fieldset>
            )}
          </li>
        ))}
      </ol>
      {item.ended ? (
        <p role="status" className="text-muted mt-6 text-sm font-medium">
          {t("This is where your decisions led. What to make of it stands in the result.")}
        </p>
      ) : null}
    </div>
  );
}
