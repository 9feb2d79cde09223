import type { ExplainedItem } from "#app/domain/learning/marking.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** What a score below the whole is made of; nothing where an item is right or wrong as a whole. */
export function CreditLine({ item }: { item: ExplainedItem }) {
  const t = useT();
  const { type, credit, score, answered } = item;
  if (!answered || score >= 1) return null;
  const percent = Math.round(score * 100);
  if (type === "branching")
    return (
      <p className="text-muted text-sm">
        {t("The end you reached gives {{percent}} % of the item.", { percent })}
      </p>
    );
  if (credit === null) return null;
  const { right, of: count, wrong } = credit;
  return (
    <p className="text-muted text-sm">
      {found(t, type, right, count)}{" "}
      {wrong > 0 ? `${t("{{count}} wrong choices take as many back.", { count: wrong })} ` : ""}
      {t("This gives {{percent}} % of the item.", { percent })}
    </p>
  );
}

function found(t: Translate, type: ExplainedItem["type"], right: number, count: number): string {
  switch (type) {
    case "mark_up":
      return t("{{right}} of {{count}} passages found.", { right, count });
    case "ordering":
      return t("{{right}} of {{count}} in their place.", { right, count });
    case "matching":
      return t("{{right}} of {{count}} matched rightly.", { right, count });
    case "scenario":
      return t("{{right}} of {{count}} steps right.", { right, count });
    default:
      return t("{{right}} of {{count}} right choices found.", { right, count });
  }
}
