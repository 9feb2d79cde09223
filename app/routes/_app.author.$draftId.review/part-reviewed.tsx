import { Form } from "@remix-run/react";
import { PartNotes } from "#app/components/part-notes.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { longestPartNote, type PartRead, readersOf } from "#app/domain/content/part-review.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { ReviewPage } from "./route.tsx";

type Part = NonNullable<ReviewPage["changes"]>["parts"][number];

/** Below a changed part: who has read it, what was noted at it, and where to do either. */
export function PartReviewed({ page, form, part }: { page: ReviewPage; form: FormState; part: Part }) {
  const { review, mayNote } = page;
  const t = useT();
  const { now, earlier } = readersOf(review, part.key, part.text);
  const sent = form.values["intent"] === "note" && form.values["part"] === part.key ? form : null;
  const text = sent?.values["text"];
  return (
    <div className="mt-4 space-y-3 text-sm">
      <Readers reads={now} words={t("Read:")} />
      <Readers reads={earlier} words={t("Read before its last change:")} />
      <PartNotes notes={review.notes.filter((note) => note.part === part.key)} mayNote={mayNote} />
      {mayNote ? (
        <div className="flex flex-wrap items-start gap-x-4">
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="read" />
            <input type="hidden" name="part" value={part.key} />
            <input type="hidden" name="text" value={part.text} />
            <Button look="secondary" aria-label={t("I have read it: {{title}}", { title: part.title })}>
              {t("I have read it")}
            </Button>
          </Form>
          <details open={sent !== null}>
            <summary className="text-muted hover:text-ink flex min-h-11 cursor-pointer items-center font-medium">
              {t("Write a note")}
              <span className="sr-only">: {part.title}</span>
            </summary>
            <Form
              method="post"
              preventScrollReset
              className="w-full space-y-3 sm:w-96"
              key={review.notes.length}
            >
              <input type="hidden" name="intent" value="note" />
              <input type="hidden" name="part" value={part.key} />
              <TextArea
                id={`note-${part.key.replaceAll(" ", "-")}`}
                label={t("Note on this part")}
                name="text"
                rows={3}
                maxLength={longestPartNote}
                defaultValue={typeof text === "string" ? text : ""}
                error={sent?.errors["text"]}
              />
              <Button look="secondary">{t("Keep the note")}</Button>
            </Form>
          </details>
        </div>
      ) : null}
    </div>
  );
}

function Readers({ reads, words }: { reads: readonly PartRead[]; words: string }) {
  if (reads.length === 0) return null;
  return (
    <p className="text-muted">
      {words}{" "}
      {reads.map((one, i) => (
        <span key={one.by}>
          {i > 0 ? "; " : ""}
          {one.by}, <Moment at={one.at} />
        </span>
      ))}
    </p>
  );
}
