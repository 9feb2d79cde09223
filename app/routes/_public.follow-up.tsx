import { type ActionFunctionArgs, data, type MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { z } from "zod";
import { FollowUp } from "#app/components/concern-follow-up.tsx";
import { followUpCode, unknownCode } from "#app/domain/assistant/concern.ts";
import { followedUp } from "#app/domain/assistant/concern-queue.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => [
  ...pageTitle(matches, (t) => t("Follow up a report")),
  { name: "robots", content: "noindex" },
];

const fields = z.object({ code: followUpCode });

/** Shows a report without a name to whoever holds its code, signed in or not: a session would tell who reads the answer. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const followed = await followedUp(context.db, form.value.code);
  if (followed) return data({ followed });
  const t = await translateFor(request);
  return refused({ ...form.state, errors: { code: t(unknownCode) } }, 422);
}

export default function FollowUpPage() {
  const t = useT();
  const answer = useActionData<typeof action>();
  const form = answer && "errors" in answer ? answer : { errors: {}, values: {} };
  const { code } = form.values;
  return (
    <div className="mx-auto max-w-xl pt-6 sm:pt-12">
      <h1 className="text-3xl">{t("Follow up a report")}</h1>
      <p className="text-muted mt-3 mb-8 text-lg text-pretty">
        {t(
          "You reported an AI concern without your name? Read here what came of it. You need not sign in, and nothing is noted about who looks.",
        )}
      </p>
      <FollowUp
        followed={answer && "followed" in answer ? answer.followed : null}
        code={typeof code === "string" ? code : ""}
        error={form.errors["code"]}
      />
    </div>
  );
}
