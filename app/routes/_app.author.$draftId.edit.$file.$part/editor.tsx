import { Form, Link, type useActionData, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import { DiffView } from "#app/components/diff-view.tsx";
import { DraftCheckView } from "#app/components/draft-check.tsx";
import { fileInPath } from "#app/components/draft-path.ts";
import { Glyph } from "#app/components/glyph.tsx";
import { PartNotes } from "#app/components/part-notes.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { diffRows } from "#app/domain/content/diff.ts";
import { lessonOfFigure } from "#app/domain/content/figure.ts";
import { languageOfFile, sourceLanguage } from "#app/domain/content/language.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { type SaveState, useAutosave } from "./autosave.ts";
import { itemIn } from "./fields.ts";
import { FigureFile, FigureLook } from "./figure.tsx";
import { ItemForm } from "./item-form.tsx";
import { Original } from "./original.tsx";
import type { clientAction, EditPage } from "./route.tsx";
import type { SaveAnswer } from "./view.server.ts";

type Shown = NonNullable<EditPage["shown"]>;
type Answer = ReturnType<typeof useActionData<typeof clientAction>> | null;

const words: Record<SaveState, string> = {
  idle: "",
  changed: msg("Not saved yet"),
  saving: msg("Saving…"),
  saved: msg("Saved."),
  stale: msg("Not saved: somebody else was faster"),
  refused: msg("Not saved yet"),
  unreachable: msg("Not saved: the server does not answer. Trying again."),
  signed_out: msg("Not saved: you are signed out. Sign in in another tab."),
};

/** The text of a part, or the fields of an item, saved as it is written and by a button, with what the check says. */
export function Editor({ page, shown, answer }: { page: EditPage; shown: Shown; answer: Answer }) {
  const { head, place, mayWrite } = page;
  const t = useT();
  const formRef = useRef<HTMLFormElement>(null);
  const stale = answer && "outcome" in answer ? answer : null;
  const values = answer && "values" in answer ? answer.values : null;
  const auto = useAutosave({
    formRef,
    path: `/author/${head.id}/save/${fileInPath(place.file)}/${place.part}`,
    enabled: mayWrite,
    refusal: answer ?? null,
    stale: stale !== null,
  });
  const busy = useNavigation().state === "submitting";
  const conflict = auto.answer?.outcome === "stale" ? auto.answer : auto.answer ? null : stale;
  const message =
    auto.answer?.outcome === "refused" ? auto.answer.message : auto.answer ? undefined : messageOf(answer);
  const check = auto.answer?.outcome === "saved" ? auto.answer.check : page.check;
  const sentSeen = typeof values?.["seen"] === "string" ? values["seen"] : null;
  const said = words[auto.state] || (page.saved && !answer ? words.saved : "");
  const inForm = shown.fields !== null && page.as === "form";
  const mine = stale ? stale.mine : values?.["text"];
  const isFigure = place.file.endsWith(".svg");
  const figure = auto.answer?.outcome === "saved" ? auto.answer.figure : shown.figure;
  const fields = stale?.fields ?? (values && itemIn(values)) ?? shown.fields;
  return (
    <div
      className={`grid items-start gap-8 ${page.original ? "lg:grid-cols-2 lg:grid-rows-[auto_1fr]" : "lg:grid-cols-[1fr_20rem]"}`}
    >
      {page.original ? <Original original={page.original} /> : null}
      <div
        className={`min-w-0 space-y-6 ${page.original ? "lg:col-start-1 lg:row-span-2 lg:row-start-1" : ""}`}
      >
        {conflict ? (
          <Conflict
            conflict={conflict}
            keepMine={auto.answer === conflict ? () => auto.keepMine(conflict.seen) : null}
          />
        ) : null}
        {message ? (
          <Notice tone="bad" role="alert">
            {message}
          </Notice>
        ) : null}
        {answer && "unreachable" in answer ? (
          <Notice tone="warn" role="alert">
            {t("Not saved: the server does not answer. Your text is kept here; try again in a moment.")}
          </Notice>
        ) : null}
        {isFigure ? <FigureLook svg={figure} /> : null}
        <Form method="post" ref={formRef} onInput={auto.edited} onSubmit={auto.sent} preventScrollReset>
          <input
            type="hidden"
            name="seen"
            readOnly
            value={auto.seen ?? stale?.seen ?? sentSeen ?? shown.seen}
          />
          {inForm && fields ? (
            <ItemForm fields={fields} page={page} onEdit={auto.edited} />
          ) : (
            <TextEditor
              text={typeof mine === "string" ? mine : shown.text}
              kind={shown.kind}
              readOnly={!mayWrite}
              whole={place.part === "all"}
              figure={isFigure}
              onEdit={auto.edited}
            />
          )}
          {mayWrite ? (
            <div className="bg-canvas border-line sticky bottom-0 z-20 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t py-3">
              <Button disabled={busy}>{conflict ? t("Save mine over it") : t("Save")}</Button>
              <p role="status" className="text-muted text-sm font-medium">
                {said ? t(said) : ""}
                {check.fault && (auto.state === "saved" || auto.state === "idle") ? (
                  <span className="text-bad-ink"> {t("There is a fault in the draft.")}</span>
                ) : null}
              </p>
            </div>
          ) : null}
        </Form>
      </div>
      <aside className={`space-y-6 ${page.original ? "" : "lg:sticky lg:top-24"}`}>
        <h3 className="sr-only">{t("Check")}</h3>
        <div aria-live="polite">
          <DraftCheckView draftId={head.id} check={check} mayWrite={mayWrite} here={place} />
        </div>
        <PartNotes notes={page.notes} mayNote={page.mayNote} action={`/author/${head.id}/review`} />
        <nav aria-label={t("This part")} className="flex flex-wrap gap-3">
          <PreviewLink page={page} shown={shown} />
          {shown.fields !== null ? (
            <ButtonLink to={`?as=${inForm ? "text" : "form"}`} look="quiet" reloadDocument={false}>
              {inForm ? t("Edit as text (YAML)") : t("Edit in a form")}
            </ButtonLink>
          ) : null}
        </nav>
        <Neighbours page={page} />
      </aside>
    </div>
  );
}

function PreviewLink({ page, shown }: { page: EditPage; shown: Shown }) {
  const { head, place } = page;
  const t = useT();
  const lesson = lessonOfFigure(place.file);
  if (shown.id === null && lesson === null) return null;
  const language = languageOfFile(place.file);
  const search = new URLSearchParams({
    show: lesson === null ? `${shown.kind}:${shown.id}` : `lesson:${lesson}`,
    ...(language === sourceLanguage ? {} : { language }),
  });
  return (
    <ButtonLink to={`/author/${head.id}/preview?${search}`} look="secondary">
      {t("Preview")}
    </ButtonLink>
  );
}

const rows = { head: 30, lesson: 30, item: 18, all: 40 } as const;

function TextEditor({
  text,
  kind,
  readOnly,
  whole,
  figure,
  onEdit,
}: {
  text: string;
  kind: Shown["kind"];
  readOnly: boolean;
  whole: boolean;
  figure: boolean;
  onEdit: () => void;
}) {
  const t = useT();
  const ref = useRef<HTMLTextAreaElement>(null);
  const hint = figure
    ? t("SVG of shapes and words, in currentColor; <title> and <desc> say what it shows.")
    : whole
      ? t("The whole file.")
      : kind === "item"
        ? t("One item in YAML.")
        : kind === "lesson"
          ? t("Markdown. ```question, ```tomorrow and ```only fences make parts of their own.")
          : t("YAML between two lines of ---.");
  return (
    <>
      <input type="hidden" name="as" value="text" />
      <label htmlFor="text" className="block text-sm font-semibold">
        {t("Text")}
      </label>
      <p id="text-hint" className="text-muted mt-1 mb-2 text-sm">
        {hint}
      </p>
      {figure && !readOnly ? <FigureFile into={ref} onEdit={onEdit} /> : null}
      <textarea
        ref={ref}
        id="text"
        name="text"
        aria-describedby="text-hint"
        readOnly={readOnly}
        rows={figure ? 16 : rows[kind]}
        defaultValue={text}
        spellCheck={kind === "lesson"}
        className="bg-surface text-ink border-line-strong block w-full rounded-lg border p-3 font-mono text-sm leading-6"
      />
    </>
  );
}

const messageOf = (answer: Answer): string | undefined =>
  answer && "message" in answer ? answer.message : undefined;

type StaleAnswer = Extract<SaveAnswer, { outcome: "stale" }>;

/** What somebody else saved, beside what is on the page: nothing is overwritten before it was seen. */
function Conflict({ conflict, keepMine }: { conflict: StaleAnswer; keepMine: (() => void) | null }) {
  const t = useT();
  return (
    <div role="alert" className="border-bad-ink space-y-3 rounded-xl border-2 p-4">
      <h3 className="font-semibold">
        <Rich
          text="{{name}} has changed this part meanwhile, last on <moment/>"
          values={{ name: conflict.by }}
          elements={{ moment: <Moment at={conflict.at} /> }}
        />
      </h3>
      <p className="text-sm">
        {t(
          "Your text is below and not saved. From theirs to yours: what only they have is struck through, what only you have is underlined.",
        )}
      </p>
      <DiffView rows={diffRows(conflict.theirs, conflict.mine)} />
      <div className="flex flex-wrap gap-3">
        {keepMine ? (
          <Button type="button" look="secondary" onClick={keepMine}>
            {t("Save mine over it")}
          </Button>
        ) : null}
        <ButtonLink to="." look="secondary" reloadDocument>
          {t("Discard mine and take theirs")}
        </ButtonLink>
      </div>
    </div>
  );
}

function Neighbours({ page }: { page: EditPage }) {
  const { head, place, previous, following } = page;
  const t = useT();
  const langOf = useLangOf();
  // The product names the head of a file, the author its lessons and items.
  const titled = ({ kind, title }: NonNullable<typeof previous>) =>
    kind === "head" ? (
      <span className="line-clamp-1">{t(title)}</span>
    ) : (
      <span lang={langOf(languageOfFile(place.file))} className="line-clamp-1">
        {title}
      </span>
    );
  const to = (part: number) => `/author/${head.id}/edit/${place.file}/${part}`;
  const look =
    "text-accent flex min-h-11 items-center gap-2 text-sm font-medium underline-offset-4 hover:underline";
  return (
    <nav aria-label={t("Neighbours")}>
      {previous ? (
        <Link to={to(previous.part)} className={look}>
          <Glyph name="left" />
          <span className="sr-only">{t("Before:")} </span>
          {titled(previous)}
        </Link>
      ) : null}
      {following ? (
        <Link to={to(following.part)} className={look}>
          <Glyph name="right" />
          <span className="sr-only">{t("After:")} </span>
          {titled(following)}
        </Link>
      ) : null}
    </nav>
  );
}
