import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** The button that begins an attempt, or what is in its way. */
export function Start() {
  const t = useT();
  const { requirement, assessment, nextLesson, certificateId } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const { start, openAttemptId } = assessment;
  const base = `/learn/${requirement.slug}`;
  if (openAttemptId)
    return <ButtonLink to={`/attempts/${openAttemptId}`}>{t("Resume the assessment")}</ButtonLink>;
  if (start.ok) {
    return (
      <Form method="post">
        <Button disabled={busy}>
          {busy
            ? t("Starting…")
            : start.number === 1
              ? t("Start now")
              : t("Start attempt {{number}}", { number: start.number })}
        </Button>
      </Form>
    );
  }
  switch (start.reason) {
    case "cool_down":
      return (
        <Notice title={t("A pause before the next attempt")}>
          <Rich
            text="The next attempt opens <moment/>. Until then the lessons are open to you."
            elements={{ moment: <Moment at={start.until.toISOString()} /> }}
          />
        </Notice>
      );
    case "exhausted":
      return (
        <Notice tone="warn" title={t("All attempts are used")}>
          {t("Talk to your manager or to HR: they can grant another attempt and help with what is unclear.")}
        </Notice>
      );
    case "lessons":
      return (
        <Notice title={t("First the lessons")}>
          <p className="mb-3">{t("The assessment opens when all lessons are done.")}</p>
          <ButtonLink to={nextLesson ? `${base}/lessons/${nextLesson}` : base}>
            {t("Go on learning")}
          </ButtonLink>
        </Notice>
      );
    case "acknowledgement":
      return (
        <Notice title={t("First the policies")}>
          <p className="mb-3">{t("The assessment opens when you have acknowledged the policies.")}</p>
          <ButtonLink to={`${base}/acknowledge`}>{t("To the policies")}</ButtonLink>
        </Notice>
      );
    default:
      return (
        <Notice tone="good" title={t("You have passed")}>
          {certificateId ? (
            <a href={`/certificates/${certificateId}`} className="font-semibold underline underline-offset-4">
              {t("Certificate (PDF)")}
            </a>
          ) : (
            t("There is nothing left to do.")
          )}
        </Notice>
      );
  }
}
