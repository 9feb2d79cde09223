import { AttemptTable } from "#app/components/attempt-table.tsx";
import type { CourseView } from "#app/domain/competence/curriculum.server.ts";

/** The attempts so far, with links to their explanations. */
export function History({ history }: { history: CourseView["assessment"]["history"] }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="mb-3 text-lg">
        Your attempts
      </h2>
      <AttemptTable caption="Your attempts" attempts={history} linked />
    </section>
  );
}
