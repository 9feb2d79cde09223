import { useT } from "#app/i18n/use-t.tsx";

/**
 * A mail as its reader sees it: the HTML in a frame that runs nothing and opens nothing, in the colours of the theme as mail
 * programs draw it, and the text below it. Styles on elements are left out: this page's own policy lets none through, and says
 * so of each in the browser's log.
 */
export function MailView({
  subject,
  html,
  text,
  language,
}: {
  subject: string;
  html: string;
  text: string;
  language: string;
}) {
  const t = useT();
  return (
    <div className="space-y-6">
      <section aria-labelledby="as-mail">
        <h2 id="as-mail" className="mb-3 text-lg">
          {t("The mail")}
        </h2>
        <p className="text-muted mb-2 text-sm">
          {t("Subject:")}{" "}
          <span lang={language} className="text-ink font-semibold wrap-anywhere">
            {subject}
          </span>
        </p>
        <iframe
          title={t("The mail as HTML")}
          sandbox=""
          srcDoc={html.replace(/ style="[^"]*"/g, "")}
          className="border-line h-112 w-full rounded-2xl border bg-white"
        />
      </section>
      <details>
        <summary className="w-fit cursor-pointer py-2.5 text-sm font-semibold">
          {t("The same as plain text")}
        </summary>
        <pre
          lang={language}
          className="bg-sunken mt-2 rounded-xl p-4 font-mono text-sm whitespace-pre-wrap wrap-anywhere"
        >
          {text}
        </pre>
      </details>
    </div>
  );
}
