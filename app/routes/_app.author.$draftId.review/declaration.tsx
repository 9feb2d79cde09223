import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Detail } from "#app/components/ui/surface.tsx";
import type { ReviewPage } from "./route.tsx";

/** What the submitter declared, and what became of it. */
export function Declaration({ page }: { page: ReviewPage }) {
  const { declaration, ended, editors, head } = page;
  const { change, changeNote, version, by, at } = declaration;
  if (head.status === "editing") return null;
  return (
    <section aria-labelledby="declared">
      <h2 id="declared" className="mb-4 text-lg">
        Declared
      </h2>
      <dl className="space-y-4 text-sm">
        {change ? (
          <Detail term="Change">
            <Badge tone={change === "material" ? "warn" : "neutral"}>
              {change === "material" ? "Material" : "Editorial"}
            </Badge>
          </Detail>
        ) : null}
        {version ? <Detail term="Version">{version}</Detail> : null}
        {changeNote ? (
          <Detail term="What has changed">
            <span className="font-normal whitespace-pre-line wrap-anywhere">{changeNote}</span>
          </Detail>
        ) : null}
        {by ? (
          <Detail term="Submitted by">
            {by}
            {at ? (
              <span className="text-muted block font-normal">
                <Moment at={at.toISOString()} />
              </span>
            ) : null}
          </Detail>
        ) : null}
        <Detail term="Written by">{editors.join(", ") || "nobody"}</Detail>
        {ended ? (
          <Detail term={head.status === "published" ? "Published by" : "Withdrawn by"}>
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
