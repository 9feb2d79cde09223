import { Link } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { caseDecisionNames, caseStatusNames } from "#app/domain/cases/status.ts";
import type { QuestionView } from "./route.tsx";

/** The case of a question and how it stands. */
export function CaseLine({ about }: { about: NonNullable<QuestionView["case"]> }) {
  return (
    <p className="border-line mt-6 border-t pt-5">
      <Link to={`/cases/${about.id}`} className="text-accent font-semibold underline underline-offset-4">
        Case {about.number}
      </Link>
      {about.automatic ? ", opened by policy: " : ": "}
      {(about.decision ? caseDecisionNames[about.decision] : caseStatusNames[about.status]).toLowerCase()}
      {about.decision ? (
        "."
      ) : (
        <>
          . A reviewer answers by <Day at={about.dueAt.toISOString()} />.
        </>
      )}
    </p>
  );
}
