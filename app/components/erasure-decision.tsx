import { categoryNames, type ErasureDecision, legalGrounds } from "#app/domain/people/erasure.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Badge } from "./ui/surface.tsx";

/** What was decided of each kind of data, with its ground. */
export function DecisionList({ decisions }: { decisions: readonly ErasureDecision[] }) {
  const t = useT();
  return (
    <ul className="space-y-1.5">
      {decisions.map(({ category, erase, ground }) => (
        <li key={category} className="text-pretty">
          <Badge tone={erase ? "good" : "neutral"}>{erase ? t("Erased") : t("Kept")}</Badge>{" "}
          {t(categoryNames[category])} · <span className="text-muted">{t(legalGrounds[ground])}</span>
        </li>
      ))}
    </ul>
  );
}
