import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { editPath } from "#app/components/draft-path.ts";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { languageOfFile } from "#app/domain/content/language.ts";
import { partKey } from "#app/domain/content/part-review.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { useLangOf, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { DraftPage } from "./route.tsx";

type Section = DraftPage["files"][number]["sections"][number];

function titleOf(file: string, t: Translate): string {
  const lessons = file.startsWith("module");
  if (file === "module.md" || file === "items.yaml") return lessons ? t("Lessons") : t("Items");
  const language = file.split(".")[1];
  return lessons
    ? t("Lessons, translation {{language}}", { language })
    : t("Items, translation {{language}}", { language });
}

/** The parts of one file of the draft: to edit, to preview, to put in another order and to delete. */
export function FileOutline({
  page,
  file,
  sections,
  children,
}: {
  page: DraftPage;
  file: string;
  sections: readonly Section[];
  children: ReactNode;
}) {
  const { head, mayReadKeys, mayWrite, check } = page;
  const t = useT();
  const number = useNumber();
  // The head of an item file is nothing but its first line.
  const shown = file.startsWith("items") ? sections.filter((section) => section.kind !== "head") : sections;
  const count = sections.length - 1;
  const open = file === "module.md" || check.fault?.file === file || count <= 12;
  return (
    <Card as="section" id={file}>
      <details open={open} className="group/file">
        <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3">
          <Glyph name="right" className="text-muted size-4 transition-transform group-open/file:rotate-90" />
          <h2 className="text-lg">{titleOf(file, t)}</h2>
          <span className="text-muted text-sm">
            {t("{{number}} in {{file}}", { number: number(count), file })}
          </span>
        </summary>
        <ol className="divide-line mt-2 divide-y">
          {shown.map((section, i) => (
            <Row
              key={keyOf(shown, i)}
              page={page}
              file={file}
              section={section}
              last={section.part === count}
            />
          ))}
        </ol>
        {mayReadKeys ? (
          <p className="mt-3 text-sm">
            <Link
              to={`/author/${head.id}/edit/${file}/all`}
              className="text-accent inline-flex min-h-6 items-center underline underline-offset-4"
            >
              {mayWrite
                ? t("Edit all of {{file}} as text", { file })
                : t("Read all of {{file}} as text", { file })}
            </Link>
          </p>
        ) : null}
      </details>
      {children ? <div className="border-line mt-5 border-t pt-5">{children}</div> : null}
    </Card>
  );
}

/** A row goes with its part when that moves, and the keyboard with it; ids that stand twice have their places. */
function keyOf(sections: readonly Section[], i: number): string {
  const { kind, id } = sections[i] ?? { kind: "head", id: null };
  const first = sections.findIndex((one) => one.kind === kind && one.id === id) === i;
  return id !== null && first ? `${kind} ${id}` : `place ${i}`;
}

const link = "text-accent inline-flex min-h-11 items-center font-medium underline underline-offset-4";

function Row({
  page,
  file,
  section,
  last,
}: {
  page: DraftPage;
  file: string;
  section: Section;
  last: boolean;
}) {
  const { head, mayWrite, mayReadKeys, check } = page;
  const { part, kind, id } = section;
  const t = useT();
  const langOf = useLangOf();
  const title = kind === "head" ? t(section.title) : section.title;
  const warnings = check.warnings.filter((one) => one.file === file && one.part === part).length;
  const faulty = [...(check.fault ? [check.fault] : []), ...check.further].some(
    (one) => one.file === file && one.part === part,
  );
  const keys = (kind === "head" ? ["about", "rules"] : [id ?? ""]).map((one) =>
    partKey({ kind: kind === "head" ? "about" : kind, id: one, language: languageOfFile(file) }),
  );
  const notes = page.noted.filter((one) => keys.includes(one)).length;
  const original = file === "module.md" || file === "items.yaml";
  const figure =
    kind === "lesson" && id ? `figures/${id}${/\.\w\w(?=\.md$)/.exec(file)?.[0] ?? ""}.svg` : null;
  return (
    <li className="flex flex-wrap items-start gap-x-4 py-1.5 text-sm">
      <p className="min-w-0 flex-1 basis-64 py-1.5">
        <span
          lang={kind === "head" ? undefined : langOf(languageOfFile(file))}
          className="line-clamp-2 font-medium wrap-anywhere"
        >
          {title}
        </span>
        {id ? <span className="text-muted block text-xs">{id}</span> : null}
        {faulty ? <span className="text-bad-ink block text-xs font-semibold">{t("Has a fault")}</span> : null}
        {page.translations.lags.some((lag) => lag.file === file && lag.part === part) ? (
          <span className="text-warn-ink block text-xs">{t("Must follow the English text")}</span>
        ) : null}
        {notes > 0 ? (
          <span className="text-warn-ink block text-xs font-semibold">
            {t("{{count}} notes are open", { count: notes })}
          </span>
        ) : null}
        {warnings > 0 ? (
          <span className="text-warn-ink block text-xs">
            {t("{{count}} things to look at", { count: warnings })}
          </span>
        ) : null}
      </p>
      <div className="flex flex-wrap items-start gap-x-4">
        {mayReadKeys ? (
          <Link
            to={`/author/${head.id}/edit/${file}/${part}`}
            className={link}
            aria-label={t("Edit: {{title}}", { title })}
          >
            {mayWrite ? t("Edit") : t("Read")}
          </Link>
        ) : null}
        {figure && mayReadKeys && page.figures.includes(figure) ? (
          <Link
            to={editPath(head.id, { file: figure, part: "all" })}
            className={link}
            aria-label={t("Edit the figure: {{title}}", { title })}
          >
            {t("Edit the figure")}
          </Link>
        ) : null}
        {original && id && kind !== "head" ? (
          <Link
            to={`/author/${head.id}/preview?show=${kind}:${id}`}
            className={link}
            aria-label={t("Preview: {{title}}", { title })}
          >
            {t("Preview")}
          </Link>
        ) : null}
        {mayWrite && kind !== "head" ? (
          <details>
            <summary className="text-muted hover:text-ink flex min-h-11 cursor-pointer items-center font-medium">
              {t("More")}
              <span className="sr-only">: {title}</span>
            </summary>
            <div className="max-w-48 space-y-2 pb-2">
              <div className="flex gap-2">
                <Move page={page} file={file} part={part} by={-1} title={title} disabled={part === 1} />
                <Move page={page} file={file} part={part} by={1} title={title} disabled={last} />
              </div>
              {figure ? <FigureForm page={page} figure={figure} title={title} /> : null}
              <Remove page={page} file={file} section={section} />
            </div>
          </details>
        ) : null}
      </div>
    </li>
  );
}

function Move({
  page,
  file,
  part,
  by,
  title,
  disabled,
}: {
  page: DraftPage;
  file: string;
  part: number;
  by: 1 | -1;
  title: string;
  disabled: boolean;
}) {
  const t = useT();
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value="move" />
      <input type="hidden" name="revision" value={page.head.revision} />
      <input type="hidden" name="file" value={file} />
      <input type="hidden" name="part" value={part} />
      <Button
        look="secondary"
        name="by"
        value={by}
        // Still there for the keyboard that has just moved the part to an end.
        aria-disabled={disabled || undefined}
        className="aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
        aria-label={by < 0 ? t("Move up: {{title}}", { title }) : t("Move down: {{title}}", { title })}
      >
        <Glyph name={by < 0 ? "up" : "down"} />
      </Button>
    </Form>
  );
}

/** Adds a figure to a lesson and opens it, or takes it away. */
function FigureForm({ page, figure, title }: { page: DraftPage; figure: string; title: string }) {
  const t = useT();
  const there = page.figures.includes(figure);
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value={there ? "remove-figure" : "add-figure"} />
      <input type="hidden" name="revision" value={page.head.revision} />
      <input type="hidden" name="file" value={figure} />
      <Button
        look="secondary"
        aria-label={
          there ? t("Delete the figure: {{title}}", { title }) : t("Add a figure: {{title}}", { title })
        }
      >
        {there ? t("Delete the figure") : t("Add a figure")}
      </Button>
    </Form>
  );
}

/** Deleting takes a second press, on a button that only the first one shows. */
function Remove({ page, file, section }: { page: DraftPage; file: string; section: Section }) {
  const t = useT();
  const translated = page.files.length > 2 && (file === "module.md" || file === "items.yaml");
  return (
    <details>
      <summary className="border-line-strong inline-flex min-h-11 cursor-pointer list-none items-center rounded-lg border px-4 font-semibold">
        {t("Delete …")}
        <span className="sr-only"> {section.title}</span>
      </summary>
      <Form method="post" preventScrollReset className="mt-2 space-y-2">
        <input type="hidden" name="intent" value="remove" />
        <input type="hidden" name="revision" value={page.head.revision} />
        <input type="hidden" name="file" value={file} />
        <input type="hidden" name="part" value={section.part} />
        <p>
          {page.head.base === null
            ? t("It is deleted from this draft.")
            : translated
              ? t("It is deleted from this draft, with its translations. The published version keeps it.")
              : t("It is deleted from this draft. The published version keeps it.")}
        </p>
        <Button look="danger" aria-label={t("Delete: {{title}}", { title: section.title })}>
          {t("Delete it")}
        </Button>
      </Form>
    </details>
  );
}
