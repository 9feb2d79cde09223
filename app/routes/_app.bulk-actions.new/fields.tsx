import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { Select, TextField } from "#app/components/ui/field.tsx";
import type { ChosenKind } from "#app/domain/competence/bulk.ts";
import { retrainingCauseNames, retrainingCauses } from "#app/domain/competence/retraining.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** What is proposed to those asked again. */
const usualDays = "30";

type Text = (name: string) => string;
type Fault = (name: string) => string | undefined;

/** What a kind needs besides a reason: shown while the kind is chosen, by the style sheet alone. */
const shownFor: Partial<Record<ChosenKind, string>> = {
  grant_waiver: "hidden group-has-[[value^=grant]:checked]:block",
  retrain: "hidden group-has-[[value=retrain]:checked]:grid",
  assign: "hidden group-has-[[value=assign]:checked]:grid",
};

function Part({ kind, children }: { kind: ChosenKind; children: ReactNode }) {
  return <div className={`gap-5 sm:grid-cols-2 ${shownFor[kind] ?? ""}`}>{children}</div>;
}

/** The fields of each kind. */
export function KindFields({ value, error }: { value: Text; error: Fault }) {
  const t = useT();
  const { today, requirements, requirement } = useLoaderData<typeof loader>();
  return (
    <>
      <Part kind="grant_waiver">
        <TextField
          label={t("Last day of the waivers")}
          hint={t("Only where waivers are granted.")}
          name="until"
          type="date"
          min={today}
          defaultValue={value("until")}
          error={error("until")}
        />
      </Part>
      <Part kind="retrain">
        <Select label={t("Cause")} name="cause" defaultValue={value("cause")} error={error("cause")}>
          <option value="">{t("Choose …")}</option>
          {retrainingCauses.map((one) => (
            <option key={one} value={one}>
              {t(retrainingCauseNames[one])}
            </option>
          ))}
        </Select>
        <TextField
          label={t("Days to complete it")}
          name="dueDays"
          inputMode="numeric"
          defaultValue={value("dueDays") || usualDays}
          error={error("dueDays")}
        />
      </Part>
      <Part kind="assign">
        <Select
          label={t("Requirement to assign")}
          name="requirement"
          hint={t("It asks these people by name, whatever its rule says.")}
          defaultValue={value("requirement") || (requirement?.slug ?? "")}
          error={error("requirement")}
        >
          <option value="">{t("Choose …")}</option>
          {requirements.map(({ slug, title }) => (
            <option key={slug} value={slug} lang="en">
              {title}
            </option>
          ))}
        </Select>
        <TextField
          label={t("Last day (if any)")}
          name="lastDay"
          hint={t("Left empty: until it is withdrawn.")}
          type="date"
          min={today}
          defaultValue={value("lastDay")}
          error={error("lastDay")}
        />
      </Part>
    </>
  );
}
