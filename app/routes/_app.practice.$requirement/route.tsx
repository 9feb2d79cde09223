import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigation,
  useSearchParams,
} from "@remix-run/react";
import { z } from "zod";
import { AnsweredElsewhere } from "#app/components/answered-elsewhere.tsx";
import { singleTexts } from "#app/components/form-text.ts";
import { AnswerFields } from "#app/components/item/answer-fields.tsx";
import { ExplainedItemView, ItemOutcome } from "#app/components/item/explained-item.tsx";
import { givenFrom } from "#app/components/item/given.ts";
import { orUnreachable } from "#app/components/unreachable.ts";
import { useAnchorFocus } from "#app/components/use-anchor-focus.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { answerPractice, practiceFor } from "#app/domain/competence/practice.server.ts";
import { formOf, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Practice"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const language = await languageOf(request);
  const requirement = params["requirement"] ?? "";
  const view = await practiceFor(context.db, actor, requirement, context.now(), language);
  return { view, name: actor.name };
}

const fields = z.object({ position: z.coerce.number().int().min(0).max(20) });

/** Takes the answer to one item and shows why it is right or wrong. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const now = context.now();
  const form = await formOf(request);
  const sent = fields.safeParse({ position: form.get("position") });
  const t = await translateFor(request);
  if (!sent.success) return refused({ message: t("That answer could not be read. Try again.") }, 422);
  const { position } = sent.data;
  const view = found(await practiceFor(context.db, actor, requirement, now));
  const { item } = found(view.items[position]);
  const given = givenFrom(form, item);
  const result =
    given === null ? null : await answerPractice(context.db, actor, { requirement, position, given }, now);
  if (result?.ok === false || given === null) {
    const message = given
      ? t("That answer is not complete. Give each element its own place.")
      : t("Answer first; then you see why.");
    const values = Object.fromEntries(
      [...form].filter((e): e is [string, string] => typeof e[1] === "string"),
    );
    return refused({ errors: { [String(position)]: message }, values }, 422);
  }
  const elsewhere = result?.otherwise ? `?elsewhere=${position}` : "";
  return redirect(`/practice/${requirement}${elsewhere}#item-${position}`);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Practice() {
  const t = useT();
  const langOf = useLangOf();
  const { view, name } = useLoaderData<typeof loader>();
  const state = useActionData<typeof clientAction>();
  const busy = useNavigation().state === "submitting";
  const refusal = state && "errors" in state ? state : null;
  const [search] = useSearchParams();
  useAnchorFocus();
  if (!view) return <NothingWaits name={name} />;
  const { requirement, moduleTitle, items, done } = view;
  const open = items.find((one) => one.explained === null);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link
            to={`/learn/${requirement.slug}`}
            lang={langOf(view.language)}
            className="underline underline-offset-4"
          >
            {moduleTitle}
          </Link>
        }
        title={t("Still there?")}
        lead={t(
          "{{count}} questions from what you learned, about two minutes. They change nothing about your certificate; answering from memory is what makes it last.",
          { count: items.length },
        )}
      />
      <ol className="space-y-6">
        {items.map(({ position, item, language, explained }) => (
          <Card as="li" key={position}>
            <div
              id={`item-${position}`}
              role="group"
              aria-labelledby={`item-${position}-title`}
              tabIndex={-1}
              className="scroll-mt-20 outline-none"
            >
              <div
                id={`item-${position}-title`}
                className="mb-4 flex flex-wrap items-center justify-between gap-2"
              >
                <h2 className="text-muted text-sm font-semibold">
                  {t("Question {{number}} of {{total}}", { number: position + 1, total: items.length })}
                </h2>
                {explained ? <ItemOutcome item={explained} /> : null}
              </div>
              {explained ? (
                <>
                  {search.get("elsewhere") === String(position) ? <AnsweredElsewhere /> : null}
                  <ExplainedItemView item={explained} language={language} />
                </>
              ) : position === open?.position ? (
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="position" value={position} />
                  <AnswerFields
                    item={item}
                    language={language}
                    given={null}
                    sent={refusal ? singleTexts(refusal) : undefined}
                    error={refusal?.errors[String(position)]}
                  />
                  <Button className="mt-6" disabled={busy}>
                    {t(busy ? "Saving…" : "Check my answer")}
                  </Button>
                  {state && "unreachable" in state ? (
                    <div className="mt-4">
                      <Notice tone="warn" role="alert" title={t("Not saved yet")}>
                        {t(
                          "The server does not answer. Check your connection and press the button again; everything before is saved.",
                        )}
                      </Notice>
                    </div>
                  ) : null}
                </Form>
              ) : (
                <p className="text-muted text-sm">{t("Follows after the one above.")}</p>
              )}
            </div>
          </Card>
        ))}
      </ol>
      {refusal?.message ? (
        <div className="mt-6">
          <Notice tone="bad" role="alert">
            {refusal.message}
          </Notice>
        </div>
      ) : null}
      {done ? (
        <div className="mt-8 flex flex-wrap items-center gap-4">
          <p className="font-medium">{t("Done. The next questions come by themselves.")}</p>
          <ButtonLink to="/">{t("Home")}</ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

/** Where no practice waits for the one signed in. A mail's link may have been opened by somebody else than it was for. */
function NothingWaits({ name }: { name: string }) {
  const t = useT();
  return (
    <>
      <PageHeader title={t("Practice")} />
      <EmptyState
        title={t("No practice is waiting")}
        action={<ButtonLink to="/learn">{t("To your training")}</ButtonLink>}
      >
        <p>
          {t(
            "After you have passed a training, a few questions come back after some days, so that what you know stays.",
          )}
        </p>
        <p className="mt-2">
          {t("You are signed in as {{name}}. If a mail for somebody else led you here, sign out first.", {
            name,
          })}
        </p>
      </EmptyState>
    </>
  );
}
