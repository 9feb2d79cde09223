import { Link, useLoaderData } from "@remix-run/react";
import { Meter } from "#app/components/ui/surface.tsx";
import { passes } from "#app/domain/learning/marking.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** How it went by objective; where it fell short, with the lessons that teach it. */
export function Objectives() {
  const t = useT();
  const langOf = useLangOf();
  const { requirement, objectives, lessons, moduleLanguage, passMark } = useLoaderData<typeof loader>();
  return (
    <section aria-labelledby="objectives" className="mt-12">
      <h2 id="objectives" className="text-xl">
        {t("By objective")}
      </h2>
      <ul className="mt-4 grid gap-x-10 gap-y-5 md:grid-cols-2">
        {objectives
          .filter((objective) => objective.items > 0)
          .map((objective) => (
            <li key={objective.id}>
              <p
                lang={langOf(moduleLanguage)}
                className="mb-1.5 flex items-baseline justify-between gap-4 text-sm"
              >
                <span className="font-medium">{objective.text}</span>
                <span className="text-muted whitespace-nowrap tabular-nums">
                  {Math.round(objective.score * 100)} %
                </span>
              </p>
              <Meter
                value={objective.score}
                label={objective.text}
                tone={objective.score >= 1 ? "good" : objective.score > 0.5 ? "accent" : "warn"}
              />
              {passes(objective.score, passMark)
                ? null
                : lessons
                    .filter(({ id }) => objective.lessons.includes(id))
                    .map(({ id, title, language }) => (
                      <Link
                        key={id}
                        to={`/learn/${requirement}/lessons/${id}`}
                        className="text-accent mt-1 flex min-h-6 items-center text-sm underline underline-offset-4"
                      >
                        <span>
                          <Rich
                            text="Look again: <lesson/>"
                            elements={{ lesson: <span lang={langOf(language)}>{title}</span> }}
                          />
                        </span>
                      </Link>
                    ))}
            </li>
          ))}
      </ul>
    </section>
  );
}
