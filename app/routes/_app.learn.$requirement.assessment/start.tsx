import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import type { loader } from "./route.tsx";

/** The button that begins an attempt, or what is in its way. */
export function Start() {
  const { requirement, assessment, nextLesson, certificateId } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const { start, openAttemptId } = assessment;
  const base = `/learn/${requirement.slug}`;
  if (openAttemptId) return <ButtonLink to={`/attempts/${openAttemptId}`}>Resume the assessment</ButtonLink>;
  if (start.ok) {
    return (
      <Form method="post">
        <Button disabled={busy}>
          {busy ? "Starting…" : start.number === 1 ? "Start now" : `Start attempt ${start.number}`}
        </Button>
      </Form>
    );
  }
  switch (start.reason) {
    case "cool_down":
      return (
        <Notice title="A pause before the next attempt">
          The next attempt opens <Moment at={start.until.toISOString()} />. Until then the lessons are open to
          you.
        </Notice>
      );
    case "exhausted":
      return (
        <Notice tone="warn" title="All attempts are used">
          Talk to your manager or to HR: they can grant another attempt and help with what is unclear.
        </Notice>
      );
    case "lessons":
      return (
        <Notice title="First the lessons">
          <p className="mb-3">The assessment opens when all lessons are done.</p>
          <ButtonLink to={nextLesson ? `${base}/lessons/${nextLesson}` : base}>Go on learning</ButtonLink>
        </Notice>
      );
    case "acknowledgement":
      return (
        <Notice title="First the policies">
          <p className="mb-3">The assessment opens when you have acknowledged the policies.</p>
          <ButtonLink to={`${base}/acknowledge`}>To the policies</ButtonLink>
        </Notice>
      );
    default:
      return (
        <Notice tone="good" title="You have passed">
          {certificateId ? (
            <a href={`/certificates/${certificateId}`} className="font-semibold underline underline-offset-4">
              Certificate (PDF)
            </a>
          ) : (
            "There is nothing left to do."
          )}
        </Notice>
      );
  }
}
