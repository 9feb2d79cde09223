import { AttemptTable } from "#app/components/attempt-table.tsx";
import type { CourseView } from "#app/domain/competence/course.server.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** The attempts so far, with links to their explanations. */
export function History({ history }: { history: CourseView["assessment"]["history"] }) {
  const t = useT();
  return (
    <section>
      <h2 className="mb-3 text-lg">{t("Your attempts")}</h2>
      <AttemptTable caption={t("Your attempts")} attempts={history} linked />
    </section>
  );
}
