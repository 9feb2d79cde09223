import { useLocation, useSearchParams } from "@remix-run/react";
import { type ReactNode, useEffect, useId } from "react";
import type { PresentedItem } from "#app/domain/learning/presentation.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/surface.tsx";
import { answerField, decisionAnchor } from "./given.ts";
import { type Lang, Options } from "./options.tsx";

/** The way taken so far, and the decision that is open. */
export function BranchingFields({
  item,
  hint,
  fault,
  describedBy,
  lang,
}: Lang & {
  item: Extract<PresentedItem, { type: "branching" }>;
  hint: ReactNode;
  /** Says what is wrong with the decision that is open. */
  fault: ReactNode;
  describedBy: string;
}) {
  const t = useT();
  const stem = useId();
  const elsewhere = useSearchParams()[0].get("elsewhere");
  useFocusOnDecision();
  return (
    <div role="group" aria-labelledby={stem}>
      <p id={stem} lang={lang} className="mb-2 max-w-[65ch] text-lg text-pretty whitespace-pre-line">
        {item.stem}
      </p>
      {hint}
      <ol className="space-y-6">
        {item.steps.map((step, i) => (
          <li key={step.id}>
            {step.chosen ? (
              <div className="border-line-strong max-w-[70ch] space-y-3 border-l-2 pl-4">
                <p lang={lang} className="text-pretty whitespace-pre-line">
                  {step.stem}
                </p>
                <p className="font-semibold text-pretty">
                  <span className="text-muted block text-sm font-medium">{t("You decided")}</span>
                  <span lang={lang}>{step.chosen.text}</span>
                </p>
                {elsewhere === String(i + 1) ? (
                  <Notice tone="warn" role="alert">
                    {t(
                      "This was decided already, in another tab or on another device. The first decision counts.",
                    )}
                  </Notice>
                ) : null}
                <p
                  id={decisionAnchor(i + 1)}
                  tabIndex={-1}
                  className="bg-accent-soft text-accent-ink scroll-mt-4 rounded-xl px-4 py-3 text-pretty"
                >
                  <span className="block text-sm font-semibold">{t("What came of it")}</span>
                  <span lang={lang} className="whitespace-pre-line">
                    {step.chosen.consequence}
                  </span>
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
                {fault}
                <Options
                  type="radio"
                  name={answerField(step.id)}
                  options={step.options}
                  chosen={[]}
                  lang={lang}
                />
                <Button name="go" value="stay" className="mt-4">
                  {t("Decide")}
                </Button>
              </fieldset>
            )}
          </li>
        ))}
      </ol>
      {item.ended ? (
        <p className="text-muted mt-6 text-sm font-medium">
          {t("This is where your decisions led. What to make of it stands in the result.")}
        </p>
      ) : null}
    </div>
  );
}

/** After a decision the reader is where the story goes on: at what came of it, which is read aloud. */
function useFocusOnDecision(): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash.startsWith(`#${decisionAnchor("")}`))
      document.getElementById(hash.slice(1))?.focus({ preventScroll: true });
  }, [hash]);
}
