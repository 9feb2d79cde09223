import type { ReactNode } from "react";
import { Choice } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { Sent } from "./route.tsx";

export type Option = { value: string; label: string };

/** The values of a field as they were sent. */
export function sentValues(sent: Sent, name: string): string[] {
  return [sent[name] ?? []].flat();
}

/** A question with choices side by side; several may fit, or one. */
export function ChoiceSet({
  legend,
  hint,
  name,
  options,
  sent,
  several = false,
}: {
  legend: string;
  hint?: ReactNode;
  name: string;
  options: readonly Option[];
  sent: Sent;
  several?: boolean;
}) {
  const t = useT();
  const chosen = sentValues(sent, name);
  return (
    <fieldset>
      <legend className="font-semibold">
        {legend}
        {several ? <span className="text-muted font-normal"> {t("Choose all that fit.")}</span> : null}
      </legend>
      {hint ? <p className="text-muted mt-1 text-sm">{hint}</p> : null}
      <div className="mt-3 grid gap-2 sm:grid-cols-2">
        {options.map(({ value, label }) => (
          <Choice
            key={value}
            type={several ? "checkbox" : "radio"}
            name={several ? `${name}[]` : name}
            value={value}
            defaultChecked={chosen.includes(value)}
          >
            {label}
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}

/** The named values of a list, in its order. */
export function optionsOf<T extends string>(values: readonly T[], names: Record<T, string>): Option[] {
  return values.map((value) => ({ value, label: names[value] }));
}
