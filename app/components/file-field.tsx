import { type ChangeEvent, type ReactNode, useState } from "react";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import { TextField } from "./ui/field.tsx";

/**
 * Takes one file of at most `largest` bytes. A larger one is refused as it is chosen and not sent: the server reads no body
 * of its size, so everything else in the form would be lost with it.
 */
export function FileField({
  label,
  name,
  accept,
  largest,
  hint,
  error,
}: {
  label: string;
  name: string;
  accept: string;
  largest: number;
  hint: ReactNode;
  error?: string | undefined;
}) {
  const t = useT();
  const number = useNumber();
  const [refused, setRefused] = useState<string>();
  const check = (event: ChangeEvent<HTMLInputElement>): void => {
    const field = event.currentTarget;
    const size = field.files?.[0]?.size ?? 0;
    if (size <= largest) return setRefused(undefined);
    field.value = "";
    const [megabytes, most] = [size, largest].map((bytes) => number(Math.ceil(bytes / 100_000) / 10));
    setRefused(
      t("The file has {{megabytes}} MB, and at most {{most}} MB are taken. Choose a smaller one.", {
        megabytes,
        most,
      }),
    );
  };
  return (
    <TextField
      label={label}
      name={name}
      type="file"
      accept={accept}
      hint={hint}
      error={refused ?? error}
      onChange={check}
    />
  );
}
