import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { Done } from "./route.tsx";

/** What was done to a part. What was deleted can be brought back as long as this stands; it stays in sight. */
export function DoneNotice({ revision, done }: { revision: number; done: Done | null }) {
  const t = useT();
  const ref = useRef<HTMLDivElement>(null);
  const removed = done?.kind === "removed" ? done.removed : null;
  // The button that was pressed is gone with the part: whoever uses a keyboard goes on here.
  useEffect(() => {
    if (removed) ref.current?.focus();
  }, [removed]);
  return (
    <>
      <p role="status" className="sr-only">
        {done?.kind === "moved"
          ? t("{{title}} is now number {{place}} of {{total}}.", {
              title: done.title,
              place: done.place,
              total: done.count,
            })
          : done?.kind === "restored"
            ? t("{{title}} is back.", { title: done.title })
            : null}
      </p>
      {removed ? (
        <div
          ref={ref}
          tabIndex={-1}
          role="group"
          aria-label={t("Deleted: {{title}}", { title: removed.title })}
          className="bg-surface border-line-strong sticky bottom-4 z-20 flex flex-wrap items-center justify-between gap-3 rounded-xl border p-4 text-sm shadow-lg"
        >
          <p className="min-w-0 flex-1 basis-48 font-medium wrap-anywhere">
            {t("Deleted: {{title}}", { title: removed.title })}
          </p>
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="restore" />
            <input type="hidden" name="revision" value={revision} />
            <input type="hidden" name="removed" value={JSON.stringify(removed)} />
            <Button look="secondary">{t("Bring it back")}</Button>
          </Form>
        </div>
      ) : null}
    </>
  );
}
