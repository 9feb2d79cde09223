import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { PageLinks } from "#app/components/page-links.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { deadLetters, dropLetter, replayLetters } from "#app/domain/evidence/dead-letter.server.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg, type Translate } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { LetterCard } from "./letter-card.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) =>
    data ? t("Dead letters of {{target}}", { target: data.target }) : t("Dead letters of a store"),
  );

const place = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  ended: z
    .string()
    .optional()
    .transform((given) => given !== undefined),
  replayed: z.coerce.number().int().positive().max(1e9).optional().catch(undefined),
  dropped: z
    .string()
    .optional()
    .transform((given) => given !== undefined),
});

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = place.parse(Object.fromEntries(new URL(request.url).searchParams));
  const target = params["target"] ?? "";
  const page = found(await deadLetters(context.db, actor, { target, ...search }));
  return { ...page, ...search, target, mayManage: can(actor, "outbox.manage", {}) };
}

const letter = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const fields = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("replay all") }),
  z.object({ intent: z.literal("replay"), letter }),
  z.object({
    intent: z.literal("drop"),
    letter,
    reason: z
      .string()
      .trim()
      .min(10, msg("Say in a sentence why it need not be there; auditors read it."))
      .max(500, msg("Use at most 500 characters.")),
    confirmed: z.literal("yes", msg("Tick the box to drop it.")),
  }),
]);

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "outbox.manage", {});
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const target = params["target"] ?? "";
  const here = `/admin/outbox/${encodeURIComponent(target)}`;
  const sent = form.value;
  const t = await translateFor(request);
  if (sent.intent === "drop") {
    const result = await dropLetter(context.db, actor, { target, ...sent }, context.now());
    if (!result.ok) return nothingOpen(t);
    throw redirect(`${here}?dropped`);
  }
  const one = sent.intent === "replay" ? sent.letter : undefined;
  const result = await replayLetters(context.db, actor, { target, letter: one }, context.now());
  if (!result.ok) return nothingOpen(t);
  throw redirect(`${here}?replayed=${result.letters}`);
}

function nothingOpen(t: Translate) {
  return refused(
    { message: t("Nothing is open there any more: somebody decided it, or it is being sent.") },
    409,
  );
}

export type Letter = ReturnType<typeof useLoaderData<typeof loader>>["letters"][number];

export default function DeadLetters() {
  const t = useT();
  const { target, active, letters, open, ended, mayManage, replayed, dropped } =
    useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/outbox" className="underline underline-offset-4">
            {t("Outbox")}
          </Link>
        }
        title={t("Dead letters of {{target}}", { target })}
        lead={t(
          "Statements this store would not take as they are. They stay in your own store whatever you decide; the others went on without them.",
        )}
        actions={
          mayManage && open > 1 ? (
            <Form method="post">
              <input type="hidden" name="intent" value="replay all" />
              <Button look="secondary" disabled={busy}>
                {t("Send all {{count}} again", { count: open })}
              </Button>
            </Form>
          ) : null
        }
      />
      <div className="space-y-4">
        {refusal?.message ? (
          <Notice tone="bad" role="alert">
            {refusal.message}
          </Notice>
        ) : null}
        {replayed ? (
          <Notice tone="good" role="status">
            {t("{{count}} statements are in line again, and sent within seconds.", { count: replayed })}
          </Notice>
        ) : null}
        {dropped ? (
          <Notice tone="good" role="status">
            {t("The letter is dropped. It is kept, with your reason, among those that have ended.")}
          </Notice>
        ) : null}
        {active ? null : (
          <Notice tone="warn">
            {t("This store is not in LRS_TARGETS any more. What is sent again waits until it is.")}
          </Notice>
        )}
        <nav aria-label={t("Which letters")} className="flex flex-wrap gap-2">
          <ButtonLink to="." look={ended ? "quiet" : "secondary"} aria-current={ended ? undefined : "page"}>
            {t("Open")}
          </ButtonLink>
          <ButtonLink
            to="?ended"
            look={ended ? "secondary" : "quiet"}
            aria-current={ended ? "page" : undefined}
          >
            {t("Ended")}
          </ButtonLink>
        </nav>
        {letters.length === 0 ? (
          <EmptyState title={ended ? t("No letter has ended yet") : t("No dead letters")}>
            {ended
              ? t("Here stand letters that were delivered after all, or dropped with a reason.")
              : t("{{target}} has taken everything it was sent.", { target })}
          </EmptyState>
        ) : (
          <ol className="space-y-3" aria-label={t("Dead letters")}>
            {letters.map((one) => (
              <LetterCard key={one.id} letter={one} mayManage={mayManage} />
            ))}
          </ol>
        )}
        <Pages />
      </div>
    </>
  );
}

function Pages() {
  const t = useT();
  const { ended, before, next } = useLoaderData<typeof loader>();
  const which = ended ? "ended&" : "";
  return (
    <PageLinks
      back={before === undefined ? null : { to: `?${which}`, words: t("Newest") }}
      on={next === null ? null : { to: `?${which}before=${next}`, words: t("Older") }}
    />
  );
}
