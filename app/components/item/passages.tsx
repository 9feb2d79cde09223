import type { ShownChoice } from "#app/domain/learning/presentation.ts";
import { answerField } from "./given.ts";
import type { Lang } from "./options.tsx";

/**
 * A document whose passages can be marked, each a checkbox. On a wide window it reads as running text; on a narrow one each
 * passage has its line, so that a finger finds it.
 */
export function Passages({
  passages,
  marked,
  lang,
}: Lang & { passages: readonly ShownChoice[]; marked: readonly string[] }) {
  return (
    <div
      lang={lang}
      className="border-line bg-surface max-w-[75ch] space-y-1 rounded-xl border p-2 leading-7 sm:p-6 sm:leading-9"
    >
      {passages.map((passage) => {
        const [first = "", ...more] = passage.text.split(" ");
        return (
          <label
            key={passage.id}
            className="group has-checked:bg-warn-soft has-checked:text-warn-ink has-focus-visible:outline-accent hover:bg-sunken block cursor-pointer rounded-md px-2 py-2 has-focus-visible:outline-2 sm:inline sm:box-decoration-clone sm:px-1 sm:py-1"
          >
            {/* The box stays on the line of its first word. */}
            <span className="whitespace-nowrap">
              <input
                type="checkbox"
                name={answerField()}
                value={passage.id}
                defaultChecked={marked.includes(passage.id)}
                className="accent-accent mr-2 size-4 align-[-2px]"
              />
              <span className={markedText}>{first}</span>
            </span>
            <span className={markedText}>{more.length > 0 ? ` ${more.join(" ")}` : ""}</span>{" "}
          </label>
        );
      })}
    </div>
  );
}

const markedText =
  "group-has-checked:underline group-has-checked:decoration-2 group-has-checked:underline-offset-4";
