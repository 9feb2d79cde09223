import { type SentForm, textOf } from "#app/components/form-text.ts";
import { Notice } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { Intent } from "./fields.ts";
import { placeOf } from "./record-form.ts";

const saved: Record<Intent, string> = {
  waive: msg("The waiver is granted."),
  end_waiver: msg("The waiver has ended."),
  end_naming: msg("It is no longer asked of them by name."),
  grant_attempt: msg("One more attempt is granted. It can begin at once."),
  revoke: msg("The certificate is revoked."),
  display: msg("What the certificate shows is saved."),
};

const isIntent = (text: string | null): text is Intent => text !== null && Object.hasOwn(saved, text);

/** What has become of the form that was sent; a text that found no form any more is not lost. */
export function Done({ done, form }: { done: string | null; form: SentForm }) {
  const t = useT();
  const { message, errors } = form;
  const intent = textOf(form, "intent");
  const reason = textOf(form, "reason");
  if (message || Object.keys(errors).length > 0)
    return (
      <div className="mb-6">
        <Notice tone="bad" role="alert" title={message ?? t("Not saved yet")}>
          {message === undefined || Object.keys(errors).length > 0 ? (
            <p>
              {t("Something is missing or does not fit.")}{" "}
              {isIntent(intent) ? (
                <a href={`#${placeOf(intent, textOf(form, "id"))}`} className="font-semibold underline">
                  {t("The form says what")}
                </a>
              ) : (
                Object.values(errors).join(" ")
              )}
            </p>
          ) : null}
          {message && reason ? (
            <p className="mt-1 whitespace-pre-line wrap-anywhere">{t("Your text: {{reason}}", { reason })}</p>
          ) : null}
        </Notice>
      </div>
    );
  if (!isIntent(done)) return null;
  return (
    <div className="mb-6">
      <Notice tone="good" role="status">
        {t(saved[done])}
      </Notice>
    </div>
  );
}
