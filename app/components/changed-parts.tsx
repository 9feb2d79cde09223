import type { ReactNode } from "react";
import { languageNames } from "#app/domain/content/language.ts";
import type { PartChange } from "#app/domain/content/module-diff.ts";
import { partKey } from "#app/domain/content/part-review.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { DiffView } from "./diff-view.tsx";
import { Badge, Card } from "./ui/surface.tsx";

const kinds = {
  about: msg("Module"),
  lesson: msg("Lesson"),
  item: msg("Item"),
  order: msg("Order"),
} as const;
const looks = {
  added: { tone: "good", word: msg("New") },
  removed: { tone: "bad", word: msg("Deleted") },
  changed: { tone: "info", word: msg("Changed") },
} as const;

/** Where a part stands on the page. */
export const anchorOf = (key: string): string => `part-${key.replaceAll(" ", "-")}`;

/** How what is gone and what is new look. */
export function DiffLegend() {
  return (
    <p className="text-muted mt-1 mb-5 text-sm">
      <Rich
        text="What is gone is <gone>struck through</gone>, what is new is <added>underlined</added>."
        elements={{
          gone: <del className="bg-bad-soft text-bad-ink" />,
          added: <ins className="bg-good-soft text-good-ink" />,
        }}
      />
    </p>
  );
}

/** What differs between two texts of a module, lesson by lesson and item by item. */
export function ChangedParts<P extends PartChange>({
  parts,
  renderBelow,
}: {
  parts: readonly P[];
  /** What stands below a part. */
  renderBelow?: (part: P) => ReactNode;
}) {
  const t = useT();
  return (
    <ol className="space-y-5">
      {parts.map((part) => (
        <Card as="li" key={partKey(part)} id={anchorOf(partKey(part))} className="scroll-mt-24">
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <Badge tone={looks[part.change].tone}>{t(looks[part.change].word)}</Badge>
            <span className="text-muted text-sm">
              {t(kinds[part.kind])}
              {part.kind === "item" ? ` ${part.id}` : ""}
              {part.language === "en" ? "" : `, ${languageNames[part.language]}`}
            </span>
          </div>
          <h3 className="mb-3 text-base wrap-anywhere">{part.title}</h3>
          <div lang={part.language}>
            <DiffView rows={part.rows} />
          </div>
          {renderBelow ? renderBelow(part) : null}
        </Card>
      ))}
    </ol>
  );
}
