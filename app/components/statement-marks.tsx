import { Glyph } from "#app/components/glyph.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** What sets a statement apart at a glance: its verb, the client it came from, and whether it was voided. */
export function StatementMarks({
  parts,
  voidedBy,
}: {
  parts: { verb: string; client: { name: string } | null } | null;
  voidedBy: string | null;
}) {
  const t = useT();
  return (
    <>
      {voidedBy === null ? null : (
        <Badge tone="warn">
          <Glyph name="cross" className="size-3.5" />
          {t("Voided")}
        </Badge>
      )}
      {parts?.client ? (
        <Badge tone="info">
          <span className="max-w-40 truncate">{t("From {{name}}", { name: parts.client.name })}</span>
        </Badge>
      ) : null}
      {parts ? (
        <Badge>
          <span lang="en" className="max-w-40 truncate">
            {parts.verb}
          </span>
        </Badge>
      ) : null}
    </>
  );
}
