import { useT } from "#app/i18n/use-t.tsx";

/** A statement as it is stored, laid out in lines. */
export function StatementJson({ json }: { json: string }) {
  return (
    <pre className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">{json}</pre>
  );
}

/** What is missing in a statement's JSON for who may not read answer keys. */
export function HiddenKeys() {
  const t = useT();
  return (
    <p className="text-muted mt-2 text-sm">
      {t(
        "Correct answers, responses and the ids of choices read “hidden”: whoever reads them may have to answer the same questions. Administrators see them.",
      )}
    </p>
  );
}
