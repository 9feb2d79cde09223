import { Link, useLoaderData } from "@remix-run/react";
import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Answers that colleagues let the reader see. */
export function SharedWithYou() {
  const { shared } = useLoaderData<typeof loader>();
  const t = useT();
  if (shared.length === 0) return null;
  return (
    <section aria-labelledby="shared" className="mt-12">
      <h2 id="shared" className="mb-4 text-xl">
        {t("Shared with you")}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        {shared.map((answer) => (
          <Card as="li" key={answer.id} className="relative">
            <OutcomeBadge outcome={answer.outcome} />
            <h3 className="mt-2 line-clamp-2 text-base wrap-anywhere">
              <Link
                to={`/ask/${answer.id}`}
                lang={answer.language}
                className="hover:text-accent after:absolute after:inset-0"
              >
                {answer.text}
              </Link>
            </h3>
            <p className="text-muted mt-1 text-sm">
              <Rich
                text="Shared by {{name}}, <day/>"
                values={{ name: answer.sharedBy }}
                elements={{ day: <Day at={answer.at.toISOString()} /> }}
              />
            </p>
          </Card>
        ))}
      </ul>
    </section>
  );
}
