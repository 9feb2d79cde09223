import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, Link, useLoaderData } from "@remix-run/react";
import { randomInt } from "node:crypto";
import { z } from "zod";
import { LanguageChoice, Untranslated } from "#app/components/language-choice.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { slugName } from "#app/components/slug-name.ts";
import { DueLine, LessonsLeft } from "#app/components/requirement-card.tsx";
import { StandingBadge, WhyAsked } from "#app/components/period-notes.tsx";
import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { Glyph } from "#app/components/glyph.tsx";
import { Card, Detail, Meter, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { courseFor } from "#app/domain/competence/course.server.ts";
import { startMeasure } from "#app/domain/competence/sitting.server.ts";
import { parseForm } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { pageTitle, Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Measures } from "./measures.tsx";
import { NextStep } from "./next-step.tsx";
import { Steps } from "./steps.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.course.requirement.title ?? t("Learn"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const wanted = await languageOf(request);
  const course = found(await courseFor(context.db, actor, params["requirement"] ?? "", now, wanted));
  return { now, course, wanted };
}

const fields = z.object({ measure: z.enum(["pretest", "retention"]) });

/** Begins a form that measures what the learner knows, or goes on with what is open. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const input = { requirement, kind: form.value.measure, seed: randomInt(2 ** 31) };
  const started = found(await startMeasure(context.db, actor, input, context.now()));
  return redirect(started.ok ? `/attempts/${started.attemptId}` : `/learn/${requirement}`);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Overview() {
  const t = useT();
  const langOf = useLangOf();
  const { now, course, wanted } = useLoaderData<typeof loader>();
  const { requirement, module, percent, certificateId } = course;
  // Then the next step is the certificate.
  const { start } = course.assessment;
  const passed = !start.ok && start.reason === "passed";
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/learn" className="underline underline-offset-4">
            {t("Learn")}
          </Link>
        }
        title={module.title}
        lead={<span lang={langOf(module.language)}>{module.summary}</span>}
        lang={langOf(module.language)}
      />
      <div className="-mt-4 mb-6">
        <LanguageChoice languages={module.languages} shown={module.language} />
        <Untranslated wanted={wanted} shown={module.language} />
      </div>
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr] lg:gap-y-5">
        <Card as="section" className="space-y-4 lg:col-start-2">
          <h2 className="sr-only">{t("Where you stand")}</h2>
          <div>
            <StandingBadge {...course} revoked={null} />
            <p className="mt-2 font-medium">
              <DueLine {...course} now={now} />
            </p>
          </div>
          <div>
            <Meter
              value={percent / 100}
              label={t("Lessons done")}
              tone={percent === 100 ? "good" : "accent"}
            />
            <p className="text-muted mt-2 text-sm">
              <LessonsLeft percent={percent} minutesLeft={course.minutesLeft} />
            </p>
          </div>
        </Card>
        <div className="min-w-0 space-y-10 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          {course.asked || course.revoked ? (
            <Notice tone="warn">
              <WhyAsked {...course} />
            </Notice>
          ) : null}
          <NextStep course={course} now={now} />
          <Measures course={course} />
          <Steps course={course} />
          <section aria-labelledby="objectives">
            <h2 id="objectives" className="text-xl">
              {t("Afterwards you can")}
            </h2>
            <ul lang={langOf(module.language)} className="mt-4 grid gap-x-6 gap-y-2.5 sm:grid-cols-2">
              {module.objectives.map((objective) => (
                <li key={objective.id} className="flex gap-3">
                  <Glyph name="check" className="text-accent mt-1.5 size-4" />
                  <span>{objective.text}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <Card as="section" className="space-y-5 lg:col-start-2">
          <h2 className="sr-only">{t("About this training")}</h2>
          <dl className="grid gap-4">
            <Detail term={t("Requirement")}>
              <span lang={langOf(sourceLanguage)}>{requirement.title}</span>
            </Detail>
            <Detail term={t("Takes")}>{t("about {{count}} minutes", { count: module.minutes })}</Detail>
            {module.language === sourceLanguage ? (
              <Detail term={t("Reading level")}>
                {t("School grade {{grade}} (Flesch-Kincaid)", { grade: module.readingGrade })}
              </Detail>
            ) : null}
            <Detail term={t("Edition")}>{module.version}</Detail>
            <Detail term={t("Required by")}>
              <ul className="text-sm font-normal">
                {requirement.basis.map((basis) => (
                  <li key={basis}>
                    <Basis of={basis} />
                  </li>
                ))}
              </ul>
            </Detail>
          </dl>
          <Link
            to={`/learn/${requirement.slug}/print`}
            className="text-accent flex min-h-11 items-center text-sm font-semibold underline-offset-4 hover:underline"
          >
            {t("All lessons to print")}
          </Link>
          {certificateId && !passed ? (
            <ButtonAnchor href={`/certificates/${certificateId}`} look="secondary" className="w-full">
              <Glyph name="seal" />
              {t("Certificate (PDF)")}
            </ButtonAnchor>
          ) : null}
        </Card>
      </div>
    </>
  );
}

/** What a requirement rests on: a law or standard by name, or a clause of our own policies as a link. */
function Basis({ of }: { of: string }) {
  const lang = useLangOf()(sourceLanguage);
  const [slug, number] = of.split("#");
  if (number === undefined) return <span lang={lang}>{of}</span>;
  return (
    <Link to={`/policies/${slug}#c-${number}`} className="text-accent underline underline-offset-4">
      <Rich
        text="<policy/>, clause {{number}}"
        values={{ number }}
        elements={{ policy: <span lang={lang}>{slugName(slug ?? "")}</span> }}
      />
    </Link>
  );
}
