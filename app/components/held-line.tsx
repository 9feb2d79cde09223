import type { Held } from "#app/domain/competence/study.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { Moment } from "./ui/moment.tsx";

/** When the next attempt opens, or who can grant one; nothing where none is held. */
export function HeldLine({ held }: { held: Held | null }) {
  const t = useT();
  if (!held) return null;
  return (
    <p className="text-sm font-medium text-pretty">
      {held.reason === "cool_down" ? (
        <Rich
          text="The next attempt opens <moment/>."
          elements={{ moment: <Moment at={held.until.toISOString()} /> }}
        />
      ) : (
        <>
          {t("All attempts are used")}.{" "}
          <span className="text-muted font-normal">
            {t(
              "Talk to your manager or to HR: they can grant another attempt and help with what is unclear.",
            )}
          </span>
        </>
      )}
    </p>
  );
}
