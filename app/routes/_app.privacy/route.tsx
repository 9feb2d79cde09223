import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { ownErasureRequests, requestErasure } from "#app/domain/evidence/erasure-request.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { OwnRequests } from "./own-requests.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Privacy"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const language = await languageOf(request);
  return {
    rules: (context.retention ?? []).map(({ kind, days, what, why, readers }) => ({
      kind,
      days,
      what: what[language],
      why: why[language],
      readers: readers[language],
    })),
    requests: await ownErasureRequests(context.db, actor),
    mayDecide: can(actor, "erasure.decide") || can(actor, "hold.manage"),
  };
}

const fields = z.object({
  reason: z
    .string()
    .trim()
    .min(10, msg("Say in at least ten characters what you ask for."))
    .max(500, msg("Keep it within 500 characters.")),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const input = { personId: actor.id, reason: form.value.reason };
  const result = found(await requestErasure(context.db, actor, input, context.now()));
  if (result.ok) return redirect("/privacy#erasure");
  const t = await translateFor(request);
  return refused({ ...form.state, message: t("Your request is open already.") }, 409);
}

export default function Privacy() {
  const t = useT();
  const { rules, mayDecide } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Privacy")}
        lead={t("What is kept about you, for how long, why, and who reads it.")}
        actions={
          mayDecide ? (
            <ButtonLink look="secondary" to="/privacy/requests">
              {t("Requests and holds")}
            </ButtonLink>
          ) : null
        }
      />
      <div className="space-y-8">
        {rules.length === 0 ? (
          <EmptyState title={t("No rules yet")}>
            {t("The organisation has not said how long it keeps what.")}
          </EmptyState>
        ) : (
          <Table
            caption={t("What is kept")}
            head={
              <>
                <Th>{t("What")}</Th>
                <Th>{t("How long")}</Th>
                <Th>{t("Why")}</Th>
                <Th>{t("Who reads it")}</Th>
              </>
            }
          >
            {rules.map(({ kind, days, what, why, readers }) => (
              <tr key={kind}>
                <Td className="min-w-56">{what}</Td>
                <Td className="min-w-32">
                  {days === null
                    ? t("As long as the evidence is needed")
                    : t("{{count}} days", { count: days })}
                </Td>
                <Td className="min-w-56">{why}</Td>
                <Td className="min-w-40">{readers}</Td>
              </tr>
            ))}
          </Table>
        )}
        <Card as="section" className="space-y-3">
          <h2 className="text-lg">{t("Take your data with you")}</h2>
          <p className="text-muted text-sm text-pretty">
            {t(
              "One archive with everything kept about you, as files for programs and as a page to read: periods, attempts with answers and feedback, certificates, acknowledgements, questions, cases, statements, and who read your record.",
            )}
          </p>
          <ButtonAnchor href="/privacy/export.zip">{t("Download my data")}</ButtonAnchor>
        </Card>
        <OwnRequests />
      </div>
    </>
  );
}
