import { Link } from "@remix-run/react";
import type { OpenAcknowledgement } from "#app/domain/competence/acknowledgement-duty.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { LastDay } from "./last-day.tsx";
import { Badge, Card } from "./ui/surface.tsx";

/** Policies that wait for the reader's acknowledgement, in a course or outside of one. */
export function OpenAcknowledgements({ open, now }: { open: readonly OpenAcknowledgement[]; now: Date }) {
  const t = useT();
  if (open.length === 0) return null;
  return (
    <Card as="section" className="mb-6">
      <h2 className="text-lg">{t("Policies to acknowledge")}</h2>
      <ul className="divide-line mt-2 divide-y">
        {open.map(({ slug, title, version, due }) => (
          <li key={slug} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2.5">
            <Link
              to={`/policies/${slug}/acknowledge`}
              className="text-accent inline-flex min-h-11 items-center font-medium underline underline-offset-4"
            >
              <span>
                <span lang="en">{title}</span> {version}
              </span>
            </Link>
            <span className="flex flex-wrap items-center gap-2 text-sm">
              <Rich text="due <day/>" elements={{ day: <LastDay at={due} /> }} />
              {due <= now ? <Badge tone="bad">{t("Overdue")}</Badge> : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
