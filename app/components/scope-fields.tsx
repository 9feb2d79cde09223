import { useT } from "#app/i18n/use-t.tsx";
import { type SentForm, textsOf } from "./form-text.ts";

type Choices = { departments: readonly string[]; requirements: readonly { slug: string; title: string }[] };

/** Which departments and requirements something covers; none chosen covers all. */
export function ScopeFields({ choices, form }: { choices: Choices; form: SentForm }) {
  const t = useT();
  return (
    <div className="space-y-4">
      <p className="text-muted text-sm">{t("Choose nothing to cover all of them.")}</p>
      <Several
        legend={t("Departments")}
        name="departments"
        chosen={textsOf(form, "departments")}
        options={choices.departments.map((name) => ({ value: name, words: name }))}
      />
      <Several
        legend={t("Requirements")}
        name="requirements"
        lang="en"
        chosen={textsOf(form, "requirements")}
        options={choices.requirements.map(({ slug, title }) => ({ value: slug, words: title }))}
      />
    </div>
  );
}

function Several({
  legend,
  name,
  options,
  chosen,
  lang,
}: {
  legend: string;
  name: string;
  options: readonly { value: string; words: string }[];
  chosen: readonly string[];
  lang?: string;
}) {
  return (
    <fieldset className="border-line rounded-xl border px-3 pb-2">
      <legend className="px-1 text-sm font-semibold">{legend}</legend>
      <ul className="max-h-60 overflow-y-auto">
        {options.map(({ value, words }) => (
          <li key={value}>
            <label className="flex min-h-9 cursor-pointer items-center gap-3 py-1 text-sm">
              <input
                type="checkbox"
                name={`${name}[]`}
                value={value}
                defaultChecked={chosen.includes(value)}
                className="accent-accent size-4 shrink-0"
              />
              <span lang={lang}>{words}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
