import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import type { CertificateDisplay } from "#app/domain/evidence/certificate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { placeOf } from "./record-form.ts";

/** What the public page of a certificate shows of its holder: theirs to say, at any time. */
export function DisplayForm({
  id,
  about,
  display,
}: {
  id: string;
  about: string;
  display: CertificateDisplay;
}) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <details id={placeOf("display", id)}>
      <summary className="text-accent w-fit cursor-pointer py-2.5 text-sm font-semibold underline-offset-4 hover:underline">
        {t("What verifiers see")}
        <span className="sr-only">: {about}</span>
      </summary>
      <Form
        method="post"
        key={`${display.showName} ${display.showScore}`}
        className="bg-sunken mt-2 max-w-xl space-y-3 rounded-xl p-4"
      >
        <input type="hidden" name="intent" value="display" />
        <input type="hidden" name="id" value={id} />
        <p className="text-muted text-sm text-pretty">
          {t(
            "Who has the code always sees the title, the organisation, the dates, whether it counts, and your initials. More only if you say so; it also holds for a badge you download.",
          )}
        </p>
        <Choice
          type="checkbox"
          name="showName"
          value="yes"
          defaultChecked={display.showName}
          className="bg-surface"
        >
          {t("Show my name")}
        </Choice>
        <Choice
          type="checkbox"
          name="showScore"
          value="yes"
          defaultChecked={display.showScore}
          className="bg-surface"
        >
          {t("Show my result")}
        </Choice>
        <Button disabled={busy}>{t(busy ? "Saving…" : "Save")}</Button>
      </Form>
    </details>
  );
}
