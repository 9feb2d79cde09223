import { type ShownCheck, shownCheck } from "#app/domain/content/draft-check.ts";
import { draftRefusalWords } from "#app/domain/content/draft.ts";
import { diffRows } from "#app/domain/content/diff.ts";
import { type Draft, saveText, seenAs } from "#app/domain/content/draft.server.ts";
import { baseFilesOf } from "#app/domain/content/draft-translation.server.ts";
import { draftView } from "#app/domain/content/draft-view.server.ts";
import { figureOf, lessonOfFigure } from "#app/domain/content/figure.ts";
import { fieldsOf, yamlOf } from "#app/domain/content/item-fields.ts";
import type { ItemFields } from "#app/domain/content/item-form.ts";
import { lagging } from "#app/domain/content/lagging.ts";
import { languageOfFile, sourceLanguage } from "#app/domain/content/language.ts";
import { moduleFiles, type ModuleSource } from "#app/domain/content/module-source.ts";
import { outlineRefusalWords, type Place, textAt } from "#app/domain/content/outline.ts";
import { editable, sectionsOf } from "#app/domain/content/section.ts";
import { filesOf, wordingOf } from "#app/domain/content/wording.ts";
import { type PartNote, partKey } from "#app/domain/content/part-review.ts";
import { shownReview } from "#app/domain/content/part-review.server.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { found } from "#app/http/guard.ts";
import type { Services } from "#app/http/services.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { itemIn, type Sent } from "./fields.ts";

/** The place that the address names; a 404 where it cannot name one. */
export function placeIn(params: Readonly<Record<string, string | undefined>>): Place {
  const named = params["file"] ?? "";
  const figure = `figures/${named}`;
  if (named.endsWith(".svg")) return { file: found(lessonOfFigure(figure) && figure), part: "all" };
  const file = found(moduleFiles.find((name) => name === named));
  const part = params["part"] ?? "";
  if (part === "all") return { file, part };
  return found(/^\d{1,5}$/.test(part) ? { file, part: Number(part) } : null);
}

/** The text at a place as its editor shows it; null where there is none any more. */
export function shownAt(files: ModuleSource, place: Place) {
  const text = textAt(files, place);
  if (text === null) return null;
  const section = place.part === "all" ? null : sectionsOf(place.file, files[place.file] ?? "")[place.part];
  const shown = section ? editable(section) : text.trimEnd();
  return {
    kind: section?.kind ?? ("all" as const),
    id: section?.id ?? null,
    title: section?.title ?? place.file,
    line: section?.line ?? 1,
    text: shown,
    seen: seenAs(text),
    figure: figureAt(place, text),
    fields: place.file === "items.yaml" && section?.kind === "item" ? fieldsOf(shown) : null,
  };
}

/** The figure as a lesson shows it; null of another file, and of a figure that cannot be shown. */
function figureAt({ file }: Place, text: string): string | null {
  const lesson = lessonOfFigure(file);
  const figure = lesson === null ? null : figureOf(text, lesson);
  return figure?.ok ? figure.svg : null;
}

/** What was noted at the part of a place, with the names of people. */
export async function notesAt(db: Services["db"], draft: Draft, place: Place): Promise<PartNote[]> {
  const section =
    place.part === "all" ? null : sectionsOf(place.file, draft.files[place.file] ?? "")[place.part];
  if (!section) return [];
  const language = languageOfFile(place.file);
  const keys = (section.kind === "head" ? ["about", "rules"] : [section.id ?? ""]).map((id) =>
    partKey({ kind: section.kind === "head" ? "about" : section.kind, id, language }),
  );
  return (await shownReview(db, draft)).notes.filter((note) => keys.includes(note.part));
}

/**
 * The English words beside a part of a translation, with what changed in them since it was written; null of a part that is
 * no translation, or translates nothing.
 */
export async function originalOf(db: Services["db"], draft: Draft, place: Place) {
  const language = languageOfFile(place.file);
  if (language === sourceLanguage || place.part === "all") return null;
  const section = sectionsOf(place.file, draft.files[place.file] ?? "")[place.part];
  const file = filesOf(sourceLanguage)[place.file.endsWith(".md") ? "module" : "items"];
  const original = sectionsOf(file, draft.files[file] ?? "").find(
    (one) => one.kind === section?.kind && one.id === section.id,
  );
  if (!original || (original.kind === "head" && file.endsWith(".yaml"))) return null;
  const lag = lagging(draft.files, await baseFilesOf(db, draft), draft.followed ?? {}).find(
    (one) => one.file === place.file && one.part === place.part,
  );
  return { text: wordingOf(original), changed: lag ? diffRows(lag.before, lag.now) : null };
}

/** The text that was sent, as it would stand in the editor. Comments before an item stay before it. */
function textSent(sent: Sent, files: ModuleSource, place: Place): string {
  // Forms end lines as Windows does.
  if (sent.as === "text") return sent.text.replaceAll("\r\n", "\n");
  const item = itemIn(sent);
  if (!item) throw new Error("the fields of an item are of no item");
  const before = shownAt(files, place)?.text ?? "";
  const yaml = yamlOf(item, before);
  const comments = /^(?:#.*\n)*/.exec(before)?.[0] ?? "";
  return yaml.startsWith(comments) ? yaml : `${comments}${yaml}`;
}

/** What a page hears of a text that it saves in the background, or by its button. */
export type SaveAnswer =
  | { outcome: "saved"; seen: string; part: Place["part"]; check: ShownCheck; figure: string | null }
  | {
      outcome: "stale";
      seen: string;
      /** What somebody else saved, and what was sent, as texts. */
      theirs: string;
      mine: string;
      by: string;
      at: string;
      fields: ItemFields | null;
    }
  | { outcome: "refused"; message: string; conflict: boolean };

/** Saves what was sent and answers with the check; a refusal is said by `t`. Null when there is no such draft. */
export async function saveSent(
  { db, now }: Pick<Services, "db" | "now">,
  actor: Actor,
  input: { draftId: string; place: Place; sent: Sent; t: Translate },
): Promise<SaveAnswer | null> {
  const { draftId, place, sent, t } = input;
  const before = await draftView(db, actor, draftId);
  if (!before) return null;
  const { files } = before.draft;
  const text = textSent(sent, files, place);
  const saved = await saveText(db, actor, { draftId, place, seen: sent.seen, text }, now());
  if (!saved) return null;
  if (saved.ok) {
    const after = await draftView(db, actor, draftId);
    if (!after) return null;
    return {
      outcome: "saved",
      seen: saved.seen,
      part: saved.part,
      check: shownCheck(after.check),
      figure: figureAt(place, text),
    };
  }
  if (saved.reason !== "stale") {
    const message = t({ ...draftRefusalWords, ...outlineRefusalWords }[saved.reason]);
    return { outcome: "refused", message, conflict: saved.reason === "not_editing" };
  }
  const { seen, by, at } = saved;
  return {
    outcome: "stale",
    seen,
    theirs: shownAt(files, place)?.text ?? saved.theirs,
    mine: text,
    by,
    at: at.toISOString(),
    fields: sent.as === "form" ? itemIn(sent) : null,
  };
}
