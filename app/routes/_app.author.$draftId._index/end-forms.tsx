import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { DraftPage } from "./route.tsx";

/** How a draft goes on: to its second person, from a newer version, or nowhere. */
export function EndForms({ page }: { page: DraftPage }) {
  const { head, newer, mayWrite, check } = page;
  const t = useT();
  if (!mayWrite) return null;
  return (
    <div className="space-y-6">
      {newer ? (
        <div className="space-y-3">
          <Notice tone="warn" title={t("Version {{version}} was published meanwhile", { version: newer })}>
            {t(
              "Take over here what changed there. Then compare with {{version}}: what differs from it is what this draft changes.",
              { version: newer },
            )}
          </Notice>
          <Form method="post">
            <input type="hidden" name="intent" value="take-in" />
            <input type="hidden" name="revision" value={head.revision} />
            <Button look="secondary">{t("Compare with {{version}}", { version: newer })}</Button>
          </Form>
        </div>
      ) : null}
      <div>
        <ButtonLink to={`/author/${head.id}/review`} look={check.fault ? "secondary" : "primary"}>
          {t("See the changes and submit")}
        </ButtonLink>
      </div>
      <details>
        <summary className="text-muted hover:text-ink flex min-h-11 cursor-pointer items-center text-sm font-medium">
          {t("Withdraw the draft …")}
        </summary>
        <Form method="post" className="mt-2 space-y-3 text-sm">
          <input type="hidden" name="intent" value="withdraw" />
          <input type="hidden" name="revision" value={head.revision} />
          <p>{t("It ends without being published. Its text stays readable; nobody can write on.")}</p>
          <Button look="danger">{t("Withdraw it")}</Button>
        </Form>
      </details>
    </div>
  );
}
