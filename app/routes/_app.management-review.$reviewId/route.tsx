import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ReviewReport } from "#app/components/review/report.tsx";
import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { PageHeader } from "#app/components/ui/surface.tsx";
import { recordedReview } from "#app/domain/effectiveness/review.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { Minutes } from "./minutes.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => t("Management review {{number}}", { number: data?.number ?? "" }));

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return found(await recordedReview(context.db, actor, idOf(params, "reviewId")));
}

export default function RecordedReview() {
  const t = useT();
  const { id, number, heldOn, fromOn, untilOn, figures, sha256, recorder, recordedAt } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/management-review" className="underline underline-offset-4">
            {t("Management review")}
          </Link>
        }
        title={t("Management review {{number}}", { number })}
        lead={
          <Rich
            text="Held on <held/> about <start/> to <end/>"
            elements={{ held: <Day at={heldOn} />, start: <Day at={fromOn} />, end: <Day at={untilOn} /> }}
          />
        }
        actions={
          <ButtonAnchor href={`/management-review.pdf?review=${id}`} look="secondary">
            {t("Download as PDF")}
          </ButtonAnchor>
        }
      />
      <div className="space-y-10">
        <Minutes />
        <ReviewReport figures={figures} />
        <p className="text-muted text-sm">
          <Rich
            text="Recorded by {{name}} on <moment/>. SHA-256 of figures and minutes, as the audit log has it: <hash/>"
            values={{ name: recorder }}
            elements={{
              moment: <Moment at={recordedAt.toISOString()} />,
              hash: <code className="text-xs wrap-anywhere">{sha256}</code>,
            }}
          />
        </p>
      </div>
    </>
  );
}
