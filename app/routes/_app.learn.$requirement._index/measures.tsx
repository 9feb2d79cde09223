import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import type { CourseView } from "#app/domain/competence/course.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { clientAction } from "./route.tsx";

/** Offers to measure what one knows before the training or months after it, and shows what came of it. */
export function Measures({ course }: { course: CourseView }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const state = useActionData<typeof clientAction>();
  const { open, taken } = course.measures;
  if (open.length === 0 && taken.length === 0) return null;
  return (
    <section aria-labelledby="measures" className="space-y-4">
      <h2 id="measures" className="text-xl">
        {t("See what you know")}
      </h2>
      {state && "unreachable" in state ? (
        <Notice tone="warn" role="alert" title={t("Not started")}>
          {t("The server does not answer. Check your connection and try again.")}
        </Notice>
      ) : null}
      {open.map((kind) => (
        <Card key={kind}>
          <p className="max-w-prose text-pretty">
            {kind === "pretest"
              ? t(
                  "Before you begin you can answer a set of questions like those at the end. It is optional and decides nothing.",
                )
              : t(
                  "You passed some months ago. A set of new questions shows what has stayed. It is optional and decides nothing.",
                )}
          </p>
          <Form method="post" className="mt-4">
            <Button look="secondary" name="measure" value={kind} disabled={busy}>
              {kind === "pretest" ? t("Take the pre-test") : t("Take the retention check")}
            </Button>
          </Form>
        </Card>
      ))}
      {taken.length > 0 ? (
        <ul className="space-y-2">
          {taken.map(({ id, kind, submittedAt, score }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 text-sm">
              <Link
                to={`/attempts/${id}/result`}
                className="text-accent font-medium underline underline-offset-4"
              >
                {kind === "pretest" ? t("Pre-test") : t("Retention check")}
              </Link>
              {submittedAt ? <Day at={submittedAt.toISOString()} /> : null}
              <span className="tabular-nums">{Math.round((score ?? 0) * 100)} %</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
