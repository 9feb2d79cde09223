import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import { z } from "zod";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { concernKinds, longestConcern, longestTool } from "#app/domain/assistant/concern.ts";
import { reportConcern } from "#app/domain/assistant/concern.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { ReportForm } from "./report-form.tsx";
import { Sent } from "./sent.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Report an AI concern"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "concern.report", { personId: actor.id });
  return null;
}

const fields = z.object({
  text: z
    .string()
    .trim()
    .min(1, msg("Write what happened, or what you fear could."))
    .max(longestConcern, msg("Write at most 6000 characters. The rest can be asked later.")),
  kind: z.enum(concernKinds, msg("Choose what fits best; if you are not sure, choose “Worry”.")),
  tool: z
    .string()
    .trim()
    .max(longestTool, msg("Write at most 100 characters; say more in the text."))
    .default(""),
  anonymous: z.literal("yes").optional(),
});

/** A report without a name is answered with its code in this one page; no address holds it or leads back to it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { text, kind, tool } = form.value;
  const anonymous = form.value.anonymous === "yes";
  const sent = await reportConcern(context.db, actor, { text, kind, tool, anonymous }, context.now());
  if (sent.code === null) throw redirect(`/concerns/${sent.concernId}?sent`);
  return data({ sent: { number: sent.number, code: sent.code } });
}

export default function NewConcern() {
  const t = useT();
  const answer = useActionData<typeof action>();
  if (answer && "sent" in answer) return <Sent {...answer.sent} />;
  return (
    <>
      <PageHeader
        title={t("Report an AI concern")}
        lead={t(
          "Something went wrong with AI, nearly did, or looks unsafe? Say so now, even if you are not certain. You need not investigate first.",
        )}
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="space-y-6">
          <Notice tone="warn" title={t("Could people come to harm?")}>
            {t("Telephone the AI governance lead first, then write.")}
          </Notice>
          <Card>
            <ReportForm form={answer ?? { errors: {}, values: {} }} />
          </Card>
        </div>
        <aside aria-labelledby="promise">
          <h2 id="promise" className="text-base">
            {t("What you can rely on")}
          </h2>
          <ul className="text-muted mt-2 list-disc space-y-2 pl-5 text-sm">
            <li>
              {t(
                "Nobody suffers a disadvantage for a report in good faith, even if it turns out to be unfounded or was about their own mistake.",
              )}
            </li>
            <li>
              {t(
                "Only reviewers read it, and confirm receipt within one working day. The audit log notes that you reported, not what.",
              )}
            </li>
            <li>
              {t(
                "Without your name, nothing that is stored says who wrote it. The audit log notes only that a report came in, and when. It notes sign-ins too, so do not report in the minute you sign in.",
              )}
            </li>
          </ul>
          <p className="mt-3 text-sm">
            <Link
              to="/policies/ai-incident-procedure#c-2.2"
              className="text-accent underline underline-offset-4"
            >
              {t("Read the procedure")}
            </Link>
          </p>
        </aside>
      </div>
    </>
  );
}
