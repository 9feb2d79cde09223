import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { Previewed } from "./route.tsx";

/** What would happen, to how many and to whom first; nothing has happened yet. */
export function Confirm({ previewed: { preview, id, values } }: { previewed: Previewed }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { periods, first } = preview;
  const grants = values["kind"] === "grant_waiver";
  const sent = Object.entries(values).filter(([name]) => !["step", "id", "expected"].includes(name));
  return (
    <Card as="section" className="border-accent mb-8">
      <h2 className="text-lg">
        {grants
          ? t("This grants {{count}} waivers", { count: periods })
          : t("This ends the waivers of {{count}} periods", { count: periods })}
      </h2>
      <ul className="mt-3 space-y-1 text-sm">
        {first.map(({ name, requirement }) => (
          <li key={`${name} ${requirement}`}>
            <span className="font-medium">{name}</span> · <span lang="en">{requirement}</span>
          </li>
        ))}
        {periods > first.length ? (
          <li className="text-muted">{t("and {{count}} more", { count: periods - first.length })}</li>
        ) : null}
      </ul>
      <p className="text-muted mt-3 text-sm text-pretty">
        {grants
          ? t("It can be taken back: the waivers then end, and both stay on the record.")
          : t("It cannot be taken back. A new waiver can be granted.")}
      </p>
      <Form method="post" className="mt-4">
        {sent.flatMap(([name, value]) =>
          typeof value === "string" ? (
            <input key={name} type="hidden" name={name} value={value} />
          ) : (
            value.map((one) => <input key={one} type="hidden" name={`${name}[]`} value={one} />)
          ),
        )}
        <input type="hidden" name="step" value="start" />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="expected" value={periods} />
        <Button disabled={busy}>{t("Confirm and begin")}</Button>
      </Form>
    </Card>
  );
}
