import { Form, useActionData, useNavigation, useSubmit } from "@remix-run/react";
import { type FormEvent, useRef } from "react";
import { singleTexts } from "#app/components/form-text.ts";
import { AnswerFields } from "#app/components/item/answer-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import type { Language } from "#app/domain/content/language.ts";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import type { Confidence } from "#app/domain/learning/calibration.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { ConfidenceFields } from "./confidence.tsx";
import { useAutosave } from "./autosave.ts";
import { Differs, SaveStatus } from "./save-status.tsx";
import type { clientAction } from "./route.tsx";

export const answerForm = "answer-form";

export type Entry = {
  position: number;
  item: PresentedItem;
  /** The one the item is shown in. */
  language: Language;
  given: GivenResponse | null;
  confidence: Confidence | null;
  revision: number;
};

/** One item of an attempt: answered here, saved on every change and again with each button. */
export function Question({
  attemptId,
  entry,
  count,
  onSaved,
}: {
  attemptId: string;
  entry: Entry;
  count: number;
  /** Called with what was saved in the background. */
  onSaved: (given: GivenResponse | null) => void;
}) {
  const t = useT();
  const { position, item } = entry;
  const form = useRef<HTMLFormElement>(null);
  const revisionField = useRef<HTMLInputElement>(null);
  const submit = useSubmit();
  const busy = useNavigation().state === "submitting";
  const state = useActionData<typeof clientAction>();
  const autosave = useAutosave({
    attemptId,
    position,
    item,
    revision: entry.revision,
    form,
    revisionField,
    onSaved,
  });
  // A decision in a branching scenario is final: it is sent by its button alone.
  const edited = item.type === "branching" ? undefined : autosave.edited;
  const refusal = state && "errors" in state ? state : null;
  const sentConflict = state && "conflict" in state && state.position === position ? state : null;
  const conflict = autosave.conflict ?? sentConflict?.conflict ?? null;
  const mine = autosave.mine ?? sentConflict?.mine ?? null;

  /** Lets a save on its way finish first, so that the two do not look like two tabs. */
  const onSubmit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    if (!autosave.pending()) return;
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const target = submitter instanceof HTMLButtonElement ? submitter : event.currentTarget;
    await autosave.flush();
    if (!autosave.halted()) submit(target);
  };

  return (
    <Card className="sm:p-8">
      <Form
        ref={form}
        id={answerForm}
        method="post"
        action={`/attempts/${attemptId}?q=${position + 1}`}
        onChange={edited}
        onSubmit={(event) => void onSubmit(event)}
      >
        <input type="hidden" name="intent" value="save" />
        <input type="hidden" name="position" value={position} />
        <input
          ref={revisionField}
          key={conflict?.revision ?? entry.revision}
          type="hidden"
          name="revision"
          defaultValue={conflict?.revision ?? entry.revision}
        />
        {conflict ? <Differs attemptId={attemptId} entry={entry} conflict={conflict} /> : null}
        <AnswerFields
          key={mine ? "mine" : "saved"}
          item={item}
          language={entry.language}
          given={mine ?? entry.given}
          sent={refusal ? singleTexts(refusal) : undefined}
          error={refusal?.message}
          onEdit={edited}
        />
        <ConfidenceFields given={entry.confidence} />
        <div className="mt-8 flex flex-wrap items-center gap-3">
          <Button name="go" value="next" disabled={busy}>
            {t(position + 1 === count ? "Save and review" : "Save and next")}
          </Button>
          {position > 0 ? (
            <Button name="go" value="previous" look="secondary" disabled={busy}>
              {t("Previous")}
            </Button>
          ) : null}
          {position + 1 < count ? (
            <Button name="go" value="review" look="quiet" disabled={busy}>
              {t("Review and submit")}
            </Button>
          ) : null}
          <SaveStatus state={autosave.state} saved={entry.given !== null} />
        </div>
        {state && "unreachable" in state ? (
          <div className="mt-4">
            <Notice tone="warn" role="alert" title={t("The server does not answer")}>
              {t(
                "Your answer is kept on this device and is sent as soon as the connection is back. Then go on.",
              )}
            </Notice>
          </div>
        ) : null}
      </Form>
    </Card>
  );
}
