import { useT } from "#app/i18n/use-t.tsx";
import { TextField } from "./ui/field.tsx";

/** A new password, entered twice. */
export function PasswordFields({ errors }: { errors: Partial<Record<string, string>> | undefined }) {
  const t = useT();
  return (
    <>
      <TextField
        label={t("Password")}
        name="password"
        type="password"
        autoComplete="new-password"
        hint={t("At least 15 characters; a sentence is fine.")}
        error={errors?.["password"]}
      />
      <TextField
        label={t("Password again")}
        name="repeated"
        type="password"
        autoComplete="new-password"
        error={errors?.["repeated"]}
      />
    </>
  );
}
