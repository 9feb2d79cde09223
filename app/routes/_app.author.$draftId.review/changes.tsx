import { DiffView } from "#app/components/diff-view.tsx";
import { Badge, Card, EmptyState, Notice } from "#app/components/ui/surface.tsx";
import { languageNames } from "#app/domain/content/language.ts";
import type { ReviewPage } from "./route.tsx";

const kinds = { about: "Module", lesson: "Lesson", item: "Item", order: "Order" } as const;
const looks = {
  added: { tone: "good", word: "New" },
  removed: { tone: "bad", word: "Deleted" },
  changed: { tone: "info", word: "Changed" },
} as const;

/** What a draft changes, lesson by lesson and item by item. */
export function Changes({ page }: { page: ReviewPage }) {
  const { changes } = page;
  if (!page.mayReadKeys)
    return <Notice>The texts hold answer keys. Authors and those who publish compare them here.</Notice>;
  if (changes === null)
    return page.check.fault ? null : <Notice>The text of version {page.head.base} was not kept.</Notice>;
  if (changes.parts.length === 0)
    return (
      <EmptyState title="Nothing is changed yet">
        Lessons and items say what they say in version {page.head.base}.
      </EmptyState>
    );
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className="text-xl">
        {changes.parts.length === 1 ? "One part differs" : `${changes.parts.length} parts differ`} from
        version {page.head.base}
      </h2>
      <p className="text-muted mt-1 mb-5 text-sm">
        What is gone is <del className="bg-bad-soft text-bad-ink">struck through</del>, what is new is{" "}
        <ins className="bg-good-soft text-good-ink">underlined</ins>.
      </p>
      {changes.notFollowed.length > 0 ? (
        <div className="mb-5">
          <Notice tone="warn" title="Translations that did not follow">
            <p>They say what they said before:</p>
            <ul className="mt-1 list-disc pl-5">
              {changes.notFollowed.map(({ language, kind, title }) => (
                <li key={`${language} ${kind} ${title}`} className="wrap-anywhere">
                  {languageNames[language]}: {title}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      ) : null}
      <ol className="space-y-5">
        {changes.parts.map((part) => (
          <Card as="li" key={`${part.language} ${part.kind} ${part.id}`}>
            <div className="mb-3 flex flex-wrap items-center gap-2">
              <Badge tone={looks[part.change].tone}>{looks[part.change].word}</Badge>
              <span className="text-muted text-sm">
                {kinds[part.kind]}
                {part.kind === "item" ? ` ${part.id}` : ""}
                {part.language === "en" ? "" : `, ${languageNames[part.language]}`}
              </span>
            </div>
            <h3 className="mb-3 text-base wrap-anywhere">{part.title}</h3>
            <div lang={part.language}>
              <DiffView rows={part.rows} />
            </div>
          </Card>
        ))}
      </ol>
    </section>
  );
}
