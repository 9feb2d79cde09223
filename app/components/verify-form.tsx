import { Form } from "@remix-run/react";
import { useT } from "#app/i18n/use-t.tsx";
import { Button } from "./ui/button.tsx";
import { TextField } from "./ui/field.tsx";

/** Asks for the code printed on a certificate and goes to what it stands for. */
export function VerifyForm({ typed = "", error }: { typed?: string; error?: string }) {
  const t = useT();
  return (
    <Form action="/verify" className="space-y-5" noValidate>
      <TextField
        label={t("Code")}
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        defaultValue={typed}
        hint={t("Five groups of four, at the foot of the certificate. Hyphens and spaces do not matter.")}
        error={error}
      />
      <Button>{t("Check the certificate")}</Button>
    </Form>
  );
}
