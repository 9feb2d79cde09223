import { Link } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { ReviewPage } from "./route.tsx";

/** Whom the publication bears on: nobody when it is editorial. */
export function Effect({ page }: { page: ReviewPage }) {
  const { head, effect, declaration, toRequire } = page;
  const t = useT();
  if (toRequire)
    return (
      <Notice tone="warn" title={t("Nobody is assigned it yet")}>
        <p>{t("It is learned once a requirement names the module.")}</p>
        {toRequire.may ? (
          <Link
            to={`/requirements/new?module=${head.slug}`}
            className="mt-1 inline-flex min-h-6 items-center font-semibold underline underline-offset-4"
          >
            {t("Make a requirement")}
          </Link>
        ) : null}
      </Notice>
    );
  if (head.status !== "editing" && head.status !== "submitted") return null;
  if (head.base === null)
    return (
      <Notice title={t("Nobody is assigned it yet")}>
        {t("It is learned once a requirement names the module.")}
      </Notice>
    );
  if (head.status === "submitted" && declaration.change === "editorial")
    return (
      <Notice title={t("Nobody learns it again")}>
        {t("An editorial change ends no certificate and assigns nothing.")}
      </Notice>
    );
  return (
    <Notice
      tone="warn"
      title={
        head.status === "submitted"
          ? t("When this is published today")
          : t("If it is published as material today")
      }
    >
      <ul className="list-disc space-y-1 pl-5">
        <li>
          {effect.until === null ? (
            t("Nobody has a certificate that would end earlier.")
          ) : (
            <Rich
              text="{{count}} people have certificates that end on <day/> or, where it was to end sooner, sooner."
              values={{ count: effect.ending }}
              elements={{ day: <Day at={effect.until.toISOString()} /> }}
            />
          )}
        </li>
        <li>
          {t("{{count}} people are assigned the module again and stay competent until then.", {
            count: effect.reassigned,
          })}
        </li>
        {effect.begun > 0 ? (
          <li>
            {t(
              "{{count}} people in the middle of an earlier version finish it; it then counts for the same short time.",
              { count: effect.begun },
            )}
          </li>
        ) : null}
      </ul>
    </Notice>
  );
}
