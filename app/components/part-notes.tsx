import { useFetcher } from "@remix-run/react";
import type { PartNote } from "#app/domain/content/part-review.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Moment } from "./ui/moment.tsx";

/** What readers noted at a part of a draft; each can be settled. `action` is the page that takes the answer. */
export function PartNotes({
  notes,
  mayNote,
  action,
}: {
  notes: readonly PartNote[];
  mayNote: boolean;
  action?: string;
}) {
  const t = useT();
  if (notes.length === 0) return null;
  return (
    <ul aria-label={t("Notes")} className="space-y-2 text-sm">
      {notes.map((note) => (
        <Note key={note.id} note={note} mayNote={mayNote} action={action} />
      ))}
    </ul>
  );
}

function Note({ note, mayNote, action }: { note: PartNote; mayNote: boolean; action: string | undefined }) {
  const t = useT();
  // Sent beside the page: who writes there goes on writing.
  const fetcher = useFetcher<{ done?: string }>();
  const intent = fetcher.formData?.get("intent") ?? fetcher.data?.done;
  const open = intent === "reopen" || (intent !== "settle" && note.settledBy === null);
  return (
    <li className="border-line-strong border-l-4 pl-3">
      <p className={`whitespace-pre-line wrap-anywhere ${open ? "" : "text-muted line-through"}`}>
        {note.text}
      </p>
      <p className="text-muted">
        {note.by}, <Moment at={note.at} />
        {open || note.settledBy === null ? null : (
          <> · {t("settled by {{name}}", { name: note.settledBy })}</>
        )}
      </p>
      {mayNote ? (
        <fetcher.Form method="post" {...(action ? { action } : {})}>
          <input type="hidden" name="intent" value={open ? "settle" : "reopen"} />
          <input type="hidden" name="note" value={note.id} />
          <button className="text-accent min-h-6 font-medium underline underline-offset-4">
            {open ? t("Settled") : t("Open it again")}
            <span className="sr-only">: {note.text}</span>
          </button>
        </fetcher.Form>
      ) : null}
    </li>
  );
}
