import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Everything that was done to the evaluation, oldest first, and what is to come. */
export function Timeline() {
  const t = useT();
  const { versions, result, verdict, criterion, followUp } = useLoaderData<typeof loader>();
  return (
    <ol className="border-line space-y-4 border-l pl-4 text-sm">
      {versions.map(({ version, author, reason, lockedAt, writtenAt, afterStart }) => (
        <Entry
          key={version}
          what={
            lockedAt === null
              ? t("Draft by {{name}}", { name: author })
              : version === 1
                ? t("Criterion fixed by {{name}}", { name: author })
                : afterStart
                  ? t("Criterion changed after the start by {{name}}", { name: author })
                  : t("Criterion changed by {{name}}", { name: author })
          }
          when={<Moment at={(lockedAt ?? writtenAt).toISOString()} />}
        >
          {reason}
        </Entry>
      ))}
      {result ? (
        <Entry
          what={t("Result computed by the product")}
          when={<Moment at={result.computedAt.toISOString()} />}
        />
      ) : (
        <Entry what={t("The result is computed")} when={<Day at={criterion.decisionOn} />} />
      )}
      {verdict ? (
        <Entry
          what={t("Verdict by {{name}}", { name: verdict.evaluator })}
          when={<Moment at={verdict.decidedAt.toISOString()} />}
        />
      ) : null}
      {followUp?.closed ? (
        <Entry
          what={t("Follow-up closed by {{name}}", { name: followUp.closed.by })}
          when={<Moment at={followUp.closed.at.toISOString()} />}
        />
      ) : null}
      {verdict?.recheckOn ? (
        <Entry what={t("To be checked again")} when={<Day at={verdict.recheckOn} />} />
      ) : null}
    </ol>
  );
}

function Entry({ what, when, children }: { what: string; when: ReactNode; children?: ReactNode }) {
  return (
    <li>
      <p className="font-medium">{what}</p>
      <p className="text-muted">{when}</p>
      {children ? <p className="mt-1 wrap-anywhere">{children}</p> : null}
    </li>
  );
}
