import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, Link, useActionData, useLoaderData } from "@remix-run/react";
import { randomInt } from "node:crypto";
import { accommodationWords } from "#app/components/accommodation-words.ts";
import { Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { courseFor } from "#app/domain/competence/course.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { History } from "./history.tsx";
import { Start } from "./start.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Assessment"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const course = await courseFor(
    context.db,
    actor,
    params["requirement"] ?? "",
    context.now(),
    await languageOf(request),
  );
  const { requirement, module, assessment, nextLesson, certificateId } = found(course);
  const { title, language } = module;
  return { requirement, module: { title, language }, assessment, nextLesson, certificateId };
}

/** Begins an attempt, or goes on with the open one. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const seed = randomInt(2 ** 31);
  const result = found(await startAssessment(context.db, actor, { requirement, seed }, context.now()));
  if (result.ok) return redirect(`/attempts/${result.attemptId}`);
  if (result.reason === "open") {
    const course = await courseFor(context.db, actor, requirement, context.now());
    return redirect(`/attempts/${found(course?.assessment.openAttemptId)}`);
  }
  const t = await translateFor(request);
  return refused({ message: t("The assessment cannot begin now; the reason is below.") }, 409);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Assessment() {
  const t = useT();
  const langOf = useLangOf();
  const { requirement, module, assessment } = useLoaderData<typeof loader>();
  const state = useActionData<typeof clientAction>();
  const refresher = assessment.kind === "refresher";
  const { items, minutes, timeFactor, passMark, attempts, granted, coolDownHours, history } = assessment;
  const left = Math.max(0, attempts + granted - history.length);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link
            to={`/learn/${requirement.slug}`}
            lang={langOf(module.language)}
            className="underline underline-offset-4"
          >
            {module.title}
          </Link>
        }
        title={t(refresher ? "Refresher" : "Assessment")}
        lead={
          refresher
            ? t(
                "First one question on each objective. What you miss is taught again and asked once more; the rest you need not repeat.",
              )
            : t(
                "Judgement in everyday situations, drawn anew for each attempt. Afterwards every item is explained with the clause it rests on.",
              )
        }
      />
      <div className="space-y-6">
        {state && "unreachable" in state ? (
          <Notice tone="warn" role="alert" title={t("Not started")}>
            {t("The server does not answer. Check your connection and try again; no attempt was used.")}
          </Notice>
        ) : null}
        {state && "message" in state && state.message ? (
          <Notice tone="warn" role="alert">
            {state.message}
          </Notice>
        ) : null}
        <Card as="section">
          <h2 className="sr-only">{t("Rules")}</h2>
          <dl className="grid grid-cols-2 gap-5 sm:grid-cols-4">
            <Detail term={t("Items")}>{items}</Detail>
            <Detail term={t("Time")}>
              {minutes === null ? t("No time limit") : t("{{count}} minutes", { count: minutes })}
            </Detail>
            <Detail term={t(refresher ? "To pass, each objective" : "To pass")}>
              {Math.round(passMark * 100)} %
            </Detail>
            <Detail term={t("Attempts left")}>
              {t("{{number}} of {{total}}", { number: left, total: attempts + granted })}
            </Detail>
          </dl>
          <ul className="text-muted mt-5 list-disc space-y-1 pl-5 text-sm">
            {timeFactor === 1 ? null : (
              <li className="text-ink font-medium">
                {t("Granted to you by HR: {{what}}", { what: accommodationWords(t, timeFactor) })}
              </li>
            )}
            {minutes === null ? null : (
              <li>{t("The clock runs on once you have started, also when you close the page.")}</li>
            )}
            <li>
              {t(
                "Each answer is saved at once; you can leave items open, come back to them and change them.",
              )}
            </li>
            <li>{t("Items left open count as wrong.")}</li>
            {coolDownHours > 0 && (!refresher || history.length > 0) ? (
              <li>
                {t("After an attempt that did not pass, the next one opens {{count}} hours later.", {
                  count: coolDownHours,
                })}
              </li>
            ) : null}
          </ul>
          <div className="mt-6">
            <Start />
          </div>
        </Card>
        {history.length > 0 ? <History history={history} /> : null}
      </div>
    </div>
  );
}
