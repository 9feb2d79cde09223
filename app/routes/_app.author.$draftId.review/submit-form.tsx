import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { longestNote } from "#app/domain/content/draft.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { ReviewPage } from "./route.tsx";

/** Declares what a draft changes and hands it to a second person. */
export function SubmitForm({ page, form }: { page: ReviewPage; form: FormState }) {
  const { head, declaration, suggested } = page;
  const t = useT();
  const first = head.base === null;
  const busy = useNavigation().state !== "idle";
  const sent = form.values["intent"] === "submit" ? form : { errors: {}, values: {} };
  const text = (name: "changeNote" | "version" | "change", before: string | null): string => {
    const value = sent.values[name];
    return typeof value === "string" ? value : (before ?? "");
  };
  const errors: Record<string, string> = sent.errors;
  const change = text("change", declaration.change);
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("Submit for publication")}</h2>
      <Form method="post" className="space-y-5">
        <input type="hidden" name="intent" value="submit" />
        <input type="hidden" name="revision" value={head.revision} />
        {first ? (
          <>
            <input type="hidden" name="change" value="material" />
            <input type="hidden" name="version" value={suggested.material} />
            <p className="text-sm">
              {t("It is published as version {{version}}.", { version: suggested.material })}
            </p>
          </>
        ) : (
          <ChangeChoice change={change} error={errors["change"]} />
        )}
        <TextArea
          label={first ? t("What the module teaches") : t("What has changed")}
          name="changeNote"
          rows={4}
          maxLength={longestNote}
          hint={t("In a sentence or two, for learners and auditors.")}
          defaultValue={text("changeNote", declaration.changeNote)}
          error={errors["changeNote"]}
        />
        {first ? null : (
          <TextField
            label={t("New version")}
            name="version"
            hint={t(
              "Higher than every published one; {{editorial}} for an editorial change, {{material}} for a material one.",
              suggested,
            )}
            defaultValue={text("version", declaration.version) || suggested.editorial}
            error={errors["version"]}
          />
        )}
        <Button disabled={busy}>{busy ? t("Submitting…") : t("Submit")}</Button>
      </Form>
    </Card>
  );
}

function ChangeChoice({ change, error }: { change: string; error: string | undefined }) {
  const t = useT();
  return (
    <fieldset aria-describedby={error ? "change-error" : undefined}>
      <legend className="mb-2 text-sm font-semibold">{t("The change is")}</legend>
      <div className="space-y-2.5">
        <Choice type="radio" name="change" value="editorial" defaultChecked={change === "editorial"}>
          <span className="font-medium">{t("Editorial")}</span>
          <span className="text-muted block text-sm">
            {t("What there is to know stays the same. Certificates go on.")}
          </span>
        </Choice>
        <Choice type="radio" name="change" value="material" defaultChecked={change === "material"}>
          <span className="font-medium">{t("Material")}</span>
          <span className="text-muted block text-sm">
            {t(
              "People must know something else than before. Certificates end and the module is assigned again.",
            )}
          </span>
        </Choice>
      </div>
      {error ? (
        <p id="change-error" className="text-bad-ink mt-2 text-sm font-medium">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
