import { Form, Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** The question box, and the ways to other parts of the product. */
export function Beside() {
  const t = useT();
  const { mayBoard, mayDecide } = useLoaderData<typeof loader>();
  const links = [
    {
      show: mayBoard,
      to: "/board",
      title: t("Competence board"),
      text: t("Who is competent in what, and who is late."),
    },
    { show: mayDecide, to: "/cases", title: t("Cases"), text: t("Uses of AI that wait for a decision.") },
    {
      show: true,
      to: "/concerns/new",
      title: t("Report an AI concern"),
      text: t("Something looks wrong or unsafe? Say so. Reporting is never held against you."),
    },
  ].filter((link) => link.show);
  return (
    <div className="space-y-6">
      <Card as="section">
        <h2 className="text-lg">{t("May I use AI for this?")}</h2>
        <p className="text-muted mt-1 mb-4 text-sm">
          {t("Name the tool, the task and the data. You get a verdict with the clauses it rests on.")}
        </p>
        <Form method="post" action="/ask?index" className="space-y-3">
          <TextArea
            label={t("Your question")}
            name="text"
            rows={3}
            required
            placeholder={t("May I … with …?")}
          />
          <Button className="w-full">{t("Ask")}</Button>
        </Form>
      </Card>
      {links.map((link) => (
        <Card as="section" key={link.to} className="relative">
          <h2 className="text-base">
            <Link
              to={link.to}
              className="hover:text-accent flex items-center justify-between gap-3 after:absolute after:inset-0 after:rounded-2xl"
            >
              {link.title}
              <Glyph name="right" className="text-accent size-5" />
            </Link>
          </h2>
          <p className="text-muted mt-1 text-sm text-pretty">{link.text}</p>
        </Card>
      ))}
    </div>
  );
}
