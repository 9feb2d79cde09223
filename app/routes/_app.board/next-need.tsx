import { useLoaderData } from "@remix-run/react";
import { LastDay } from "#app/components/last-day.tsx";
import { nextNeed } from "#app/domain/competence/board.ts";
import type { BoardCell } from "#app/domain/competence/board-row.server.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** What somebody of the team should do next, for the manager. */
export function NextNeed({ cells, zone }: { cells: readonly BoardCell[]; zone: string }) {
  const t = useT();
  const { requirements } = useLoaderData<typeof loader>();
  const need = nextNeed(cells);
  if (!need) return <p className="text-muted mt-1 text-xs">{t("Nothing to do for now")}</p>;
  const title = requirements.find((one) => one.slug === need.requirement)?.title ?? need.requirement;
  const elements = {
    requirement: <span lang="en">{title}</span>,
    day: <LastDay at={need.state === "expiring" ? (need.expiresAt ?? need.dueAt) : need.dueAt} zone={zone} />,
  };
  return (
    <p className="mt-1 text-xs font-medium text-pretty">
      {need.state === "expired" || need.state === "overdue" ? (
        <Rich text="Next, and late: <requirement/>" elements={elements} />
      ) : (
        <Rich text="Next: <requirement/> by <day/>" elements={elements} />
      )}
    </p>
  );
}
