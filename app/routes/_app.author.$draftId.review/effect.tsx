import { Day } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import type { ReviewPage } from "./route.tsx";

const people = (n: number): string => (n === 1 ? "One person" : `${n} people`);

/** Whom the publication bears on: nobody when it is editorial. */
export function Effect({ page }: { page: ReviewPage }) {
  const { head, effect, declaration } = page;
  if (head.status !== "editing" && head.status !== "submitted") return null;
  if (head.status === "submitted" && declaration.change === "editorial")
    return (
      <Notice title="Nobody learns it again">
        An editorial change ends no certificate and assigns nothing.
      </Notice>
    );
  return (
    <Notice
      tone="warn"
      title={
        head.status === "submitted" ? "When this is published today" : "If it is published as material today"
      }
    >
      <ul className="list-disc space-y-1 pl-5">
        <li>
          {effect.until === null ? (
            "Nobody has a certificate that would end earlier."
          ) : (
            <>
              {people(effect.ending)}{" "}
              {effect.ending === 1 ? "has a certificate that ends" : "have certificates that end"} on{" "}
              <Day at={effect.until.toISOString()} /> or before that, where they would anyway.
            </>
          )}
        </li>
        <li>
          {people(effect.reassigned)} {effect.reassigned === 1 ? "is" : "are"} assigned the module again and
          {effect.reassigned === 1 ? " stays" : " stay"} competent until then.
        </li>
        {effect.begun > 0 ? (
          <li>
            {people(effect.begun)} in the middle of an earlier version{" "}
            {effect.begun === 1 ? "finishes" : "finish"} it; it then counts for the same short time.
          </li>
        ) : null}
      </ul>
    </Notice>
  );
}
