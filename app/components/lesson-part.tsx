import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { ExplainedItem } from "#app/domain/learning/marking.ts";
import { Glyph } from "./glyph.tsx";
import { ExplainedItemView, ItemOutcome } from "./item/explained-item.tsx";
import { policyName } from "./policy-name.ts";
import { Card } from "./ui/surface.tsx";

/** Something to read in a lesson. `html` was sanitised when the module was published or parsed. */
export function LessonText({ html }: { html: string }) {
  return <div className="prose prose-lesson" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** One thing to do tomorrow. */
export function Tomorrow({ text }: { text: string }) {
  return (
    <div className="bg-accent-soft text-accent-ink rounded-2xl p-5 sm:p-6">
      <h2 className="flex items-center gap-2 text-lg">
        <Glyph name="sun" className="size-5" /> One thing to do tomorrow
      </h2>
      <p className="mt-2 max-w-[65ch] text-pretty whitespace-pre-line">{text}</p>
    </div>
  );
}

/** A question to check oneself: the explanation once it is answered, before that the form given as `children`. */
export function Question({
  title = "Check yourself",
  explained,
  children,
}: {
  title?: string;
  explained: ExplainedItem | null;
  children: ReactNode;
}) {
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-muted text-sm font-semibold tracking-wide">{title}</h2>
        {explained ? <ItemOutcome item={explained} /> : null}
      </div>
      {explained ? (
        <div role="status">
          <ExplainedItemView item={explained}>
            {explained.clause ? <Clause clause={explained.clause} /> : null}
          </ExplainedItemView>
        </div>
      ) : (
        children
      )}
    </Card>
  );
}

function Clause({ clause }: { clause: string }) {
  const [slug, number] = clause.split("#");
  return (
    <p className="text-sm">
      <Link to={`/policies/${slug}#c-${number}`} className="text-accent underline underline-offset-4">
        Read the clause: {policyName(slug ?? "")}, {number}
      </Link>
    </p>
  );
}
