import { Select, TextField } from "#app/components/ui/field.tsx";
import { longestToolName, noTool } from "#app/domain/assistant/use-form.ts";
import { unregistered } from "#app/domain/risk/facts.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { Option } from "./choice-set.tsx";
import type { Sent } from "./route.tsx";

/** The tool: of the register, another one with its name, or none yet. */
export function Tool({
  tools,
  sent,
  error,
}: {
  tools: readonly Option[];
  sent: Sent;
  error: string | undefined;
}) {
  const t = useT();
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Select label={t("Which tool?")} name="tool" defaultValue={String(sent["tool"] ?? "")}>
        <option value="">{t("Not said")}</option>
        <option value={noTool}>{t("None yet")}</option>
        <option value={unregistered}>{t("A tool that is not in this list")}</option>
        <optgroup label={t("In the register")}>
          {tools.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </optgroup>
      </Select>
      <TextField
        label={t("Its name, if it is not in the list")}
        name="toolName"
        maxLength={longestToolName}
        autoComplete="off"
        defaultValue={String(sent["toolName"] ?? "")}
        error={error}
      />
    </div>
  );
}
