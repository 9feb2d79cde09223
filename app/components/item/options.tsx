import { Choice } from "../ui/field.tsx";

/** The `lang` of what an item says, where it is not the page's. */
export type Lang = { lang: string | undefined };

/** The choices of an item or of one of its steps. */
export function Options({
  type,
  name,
  options,
  chosen,
  lang,
}: Lang & {
  type: "radio" | "checkbox";
  name: string;
  options: readonly { id: string; text: string }[];
  chosen: readonly string[];
}) {
  return (
    <div lang={lang} className="max-w-[70ch] space-y-2.5">
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
