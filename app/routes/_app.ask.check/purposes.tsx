import { useId, useState } from "react";
import { useHydrated } from "#app/components/hydrated.ts";
import { Choice } from "#app/components/ui/field.tsx";
import { otherPurpose } from "#app/domain/risk/facts.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { type Option, sentValues } from "./choice-set.tsx";
import type { Choices, Sent } from "./route.tsx";

/** All purposes as boxes to tick, in groups; where scripts run, a search narrows them without unticking any. */
export function Purposes({ groups, sent }: { groups: Choices["purposes"]; sent: Sent }) {
  const t = useT();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const fits = ({ label }: Option): boolean => label.toLowerCase().includes(wanted);
  const count = groups.flatMap((g) => g.purposes).filter(fits).length;
  const chosen = sentValues(sent, "purposes");
  const box = (option: Option) => (
    <Choice
      key={option.value}
      type="checkbox"
      name="purposes[]"
      value={option.value}
      defaultChecked={chosen.includes(option.value)}
      className={wanted === "" || fits(option) ? "" : "hidden"}
    >
      {option.label}
    </Choice>
  );
  return (
    <fieldset>
      <legend className="font-semibold">
        {t("What is it used for?")}{" "}
        <span className="text-muted font-normal">{t("Choose all that fit.")}</span>
      </legend>
      <Search value={search} onSearch={setSearch} found={wanted === "" ? null : count} />
      {groups.map((group) => (
        <fieldset key={group.title} className={group.purposes.some(fits) ? "mt-5" : "hidden"}>
          <legend className="text-muted text-sm font-semibold">{t(group.title)}</legend>
          <div className="mt-2 grid gap-2 sm:grid-cols-2">{group.purposes.map(box)}</div>
        </fieldset>
      ))}
      <div className="mt-5 grid gap-2 sm:grid-cols-2">
        <Choice
          type="checkbox"
          name="purposes[]"
          value={otherPurpose}
          defaultChecked={chosen.includes(otherPurpose)}
        >
          {t("Something else")}
        </Choice>
      </div>
    </fieldset>
  );
}

/** Narrows what is shown; it is no field of the form and sends nothing. */
function Search({
  value,
  onSearch,
  found,
}: {
  value: string;
  onSearch: (text: string) => void;
  found: number | null;
}) {
  const t = useT();
  const id = useId();
  if (!useHydrated()) return null;
  return (
    <div className="mt-3 max-w-md space-y-1.5">
      <label htmlFor={id} className="block text-sm font-semibold">
        {t("Search the purposes")}
      </label>
      <input
        id={id}
        type="search"
        value={value}
        onChange={(event) => onSearch(event.currentTarget.value)}
        // Enter would send the form before anything is chosen.
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
        className="bg-surface text-ink border-line-strong block min-h-11 w-full rounded-lg border px-3 py-2 text-base"
      />
      <p role="status" className="text-muted text-sm">
        {found === null ? "" : t("{{count}} purposes fit.", { count: found })}
      </p>
    </div>
  );
}
