import { slugName } from "./slug-name.ts";
import type { Condition, Rule } from "#app/domain/competence/rule.ts";
import { type Attribute, attributeNames } from "#app/domain/competence/rule-form.ts";
import { type Role, roleNames } from "#app/domain/people/role.ts";
import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";

/** Whom a rule asks, in words: groups with their conditions. */
export function RuleWords({ rule }: { rule: Rule }) {
  const t = useT();
  if (rule.any.length === 0) return <p className="text-muted">{t("Nobody")}</p>;
  return (
    <ul className="space-y-2">
      {rule.any.map((group, g) => (
        <li key={g}>
          {g > 0 ? <p className="text-muted mb-2 text-sm">{t("or else")}</p> : null}
          <ul className="border-line-strong space-y-1 border-l-2 pl-3">
            {group.all.map((one, c) => (
              <li key={c}>
                <ConditionWords one={one} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function ConditionWords({ one }: { one: Condition }) {
  const t = useT();
  const language = useLanguage();
  if ("computerShare" in one) {
    const { atLeast, atMost } = one.computerShare;
    if (atMost === undefined)
      return <>{t("Share of work at a computer of at least {{share}} %", { share: atLeast ?? 0 })}</>;
    if (atLeast === undefined)
      return <>{t("Share of work at a computer of at most {{share}} %", { share: atMost })}</>;
    return <>{t("Share of work at a computer from {{from}} to {{to}} %", { from: atLeast, to: atMost })}</>;
  }
  const [attribute, values] = Object.entries(one)[0] as [Attribute, string[]];
  const isRole = attribute === "aimsRole";
  const names = values.map((value) => (isRole ? t(roleNames[value as Role]) : valueName(attribute, value)));
  const list = new Intl.ListFormat(localeOf(language), { type: "disjunction" }).format(names);
  return (
    <>
      {t(attributeNames[attribute])}: <span lang={isRole ? undefined : "en"}>{list}</span>
    </>
  );
}

/** A value as people read it: slugs without their hyphens. */
export function valueName(attribute: Attribute, value: string): string {
  if (attribute !== "audience" && attribute !== "uses" && attribute !== "oversees") return value;
  return slugName(value);
}
