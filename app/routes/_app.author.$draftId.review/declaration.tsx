import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Detail } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { ReviewPage } from "./route.tsx";

/** What the submitter declared, and what became of it. */
export function Declaration({ page }: { page: ReviewPage }) {
  const { declaration, ended, editors, head } = page;
  const { change, changeNote, version, by, at } = declaration;
  const t = useT();
  if (head.status === "editing") return null;
  return (
    <section aria-labelledby="declared">
      <h2 id="declared" className="mb-4 text-lg">
        {t("Declared")}
      </h2>
      <dl className="space-y-4 text-sm">
        {change ? (
          <Detail term={t("Change")}>
            <Badge tone={change === "material" ? "warn" : "neutral"}>
              {change === "material" ? t("Material") : t("Editorial")}
            </Badge>
          </Detail>
        ) : null}
        {version ? <Detail term={t("Version")}>{version}</Detail> : null}
        {changeNote ? (
          <Detail term={t("What has changed")}>
            <span className="font-normal whitespace-pre-line wrap-anywhere">{changeNote}</span>
          </Detail>
        ) : null}
        {by ? (
          <Detail term={t("Submitted by")}>
            {by}
            {at ? (
              <span className="text-muted block font-normal">
                <Moment at={at.toISOString()} />
              </span>
            ) : null}
          </Detail>
        ) : null}
        <Detail term={t("Written by")}>{editors.join(", ") || t("nobody")}</Detail>
        {ended ? (
          <Detail term={head.status === "published" ? t("Published by") : t("Withdrawn by")}>
            {ended.by}
            {ended.at ? (
              <span className="text-muted block font-normal">
                <Moment at={ended.at.toISOString()} />
              </span>
            ) : null}
          </Detail>
        ) : null}
      </dl>
    </section>
  );
}
