import { Link } from "@remix-run/react";
import type { DraftFault, ShownCheck } from "#app/domain/content/draft-check.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { editPath } from "./draft-path.ts";
import { Notice } from "./ui/surface.tsx";

/** What the check of a draft says: its faults with file and line, and what an author should look at. */
export function DraftCheckView({
  draftId,
  check,
  mayWrite,
  here = null,
}: {
  draftId: string;
  check: ShownCheck;
  mayWrite: boolean;
  /** The part on the page: only what is said of it is listed, with the line in it. */
  here?: { file: string; part: number | "all" } | null;
}) {
  const t = useT();
  const langOf = useLangOf();
  const { fault } = check;
  const isHere = (place: { file: string; part: number }): boolean =>
    here !== null && here.file === place.file && (here.part === "all" || here.part === place.part);
  if (fault)
    return (
      <Notice
        tone="bad"
        title={
          !isHere(fault)
            ? t("A fault in {{file}}, line {{line}}", { file: fault.file, line: fault.line })
            : here?.part === "all"
              ? t("A fault in line {{line}}", { line: fault.line })
              : t("A fault in line {{line}} of this text", { line: fault.lineInPart })
        }
      >
        <p lang={langOf("en")} className="wrap-anywhere">
          {fault.reason}
        </p>
        {mayWrite && !isHere(fault) ? (
          <p className="mt-1">
            <Link
              to={editPath(draftId, fault)}
              className="inline-flex min-h-6 items-center font-semibold underline underline-offset-4"
            >
              {t("Mend it")}
            </Link>
          </p>
        ) : null}
        <Further
          draftId={draftId}
          faults={here ? check.further.filter(isHere) : check.further}
          mayWrite={mayWrite}
          here={here !== null && here.part !== "all"}
        />
      </Notice>
    );
  const shown = here ? check.warnings.filter(isHere) : check.warnings;
  if (shown.length === 0)
    return (
      <Notice tone="good">
        {here
          ? t("No fault in the module, and nothing to look at here.")
          : t("No fault, and nothing to look at.")}
      </Notice>
    );
  return (
    <Notice tone="warn" title={t("No fault; {{count}} things to look at", { count: shown.length })}>
      <details open={here !== null}>
        <summary className="min-h-6 cursor-pointer underline underline-offset-4">
          {here ? t("What an author should look at here") : t("Show them")}
        </summary>
        <ul className="mt-2 list-disc space-y-1 pl-5">
          {shown.map((one) => (
            <li key={`${one.id} ${one.reason}`} className="wrap-anywhere">
              {here ? null : (
                <>
                  {mayWrite ? (
                    <Link to={editPath(draftId, one)} className="underline underline-offset-4">
                      {one.id}
                    </Link>
                  ) : (
                    one.id
                  )}
                  {": "}
                </>
              )}
              {here && here.part !== "all" && one.lineInPart > 1 ? (
                <Rich
                  text="line {{line}} of this text: <reason/>"
                  values={{ line: one.lineInPart }}
                  elements={{ reason: <span lang={langOf("en")}>{one.reason}</span> }}
                />
              ) : (
                <span lang={langOf("en")}>{one.reason}</span>
              )}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}

/** So many faults are read at once; the next ones are seen when these are mended. */
const mostShown = 40;

function Further({
  draftId,
  faults,
  mayWrite,
  here,
}: {
  draftId: string;
  faults: readonly DraftFault[];
  mayWrite: boolean;
  /** Whether all are of the one part on the page, whose lines are counted then. */
  here: boolean;
}) {
  const t = useT();
  const langOf = useLangOf();
  if (faults.length === 0) return null;
  const shown = faults.slice(0, mostShown);
  const left = faults.length - shown.length;
  return (
    <details open={faults.length <= 8} className="mt-2">
      <summary className="min-h-6 cursor-pointer underline underline-offset-4">
        {t("{{count}} more faults", { count: faults.length })}
      </summary>
      <ul className="mt-2 list-disc space-y-1 pl-5">
        {shown.map((one) => {
          const where = here
            ? t("Line {{line}}", { line: one.lineInPart })
            : t("{{file}}, line {{line}}", { file: one.file, line: one.line });
          return (
            <li key={`${one.file} ${one.line} ${one.reason}`} className="wrap-anywhere">
              {mayWrite && !here ? (
                <Link to={editPath(draftId, one)} className="underline underline-offset-4">
                  {where}
                </Link>
              ) : (
                where
              )}
              {": "}
              <span lang={langOf("en")}>{one.reason}</span>
            </li>
          );
        })}
      </ul>
      {left > 0 ? <p className="mt-1">{t("{{count}} more are not listed here.", { count: left })}</p> : null}
    </details>
  );
}
