import { useList, useT } from "#app/i18n/use-t.tsx";

/** What something covers, in a line. */
export function ScopeWords({
  scope,
}: {
  scope: { departments: readonly string[] | null; requirements: readonly string[] | null };
}) {
  const t = useT();
  const list = useList();
  const { departments, requirements } = scope;
  return (
    <>
      {departments === null
        ? t("All departments")
        : t("Departments: {{names}}", { names: list(departments) })}
      {" · "}
      {requirements === null
        ? t("All requirements")
        : t("Requirements: {{names}}", { names: list(requirements) })}
    </>
  );
}
