import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, Link, useLoaderData, useSubmit } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { attemptName } from "#app/components/attempt-name.ts";
import {
  answeredPart,
  decidedBefore,
  decisionAnchor,
  decisionIn,
  givenFrom,
} from "#app/components/item/given.ts";
import { LanguageChoice, Untranslated } from "#app/components/language-choice.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { confidences } from "#app/domain/learning/calibration.ts";
import { decides as counts } from "#app/domain/learning/attempt-kind.ts";
import { attemptFor, saveAnswer } from "#app/domain/learning/attempt.server.ts";
import type { GivenResponse } from "#app/domain/learning/presentation.ts";
import { formOf, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { useResend } from "./autosave.ts";
import { Clock } from "./clock.tsx";
import { type Part, PositionMap } from "./position-map.tsx";
import { answerForm, Question } from "./question.tsx";
import { Review, TimeUp } from "./review.tsx";

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) =>
  pageTitle(matches, (t) => {
    const attempt = page && !counts(page.kind) ? attemptName(page, t) : t("Assessment");
    return page?.current
      ? t("Item {{number}} of {{total}} · {{attempt}}", {
          number: page.current.position + 1,
          total: page.items.length,
          attempt,
        })
      : t("Review · {{attempt}}", { attempt });
  });

/** One item (`q` counts from 1; without it the first that is open), or `q=review`. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const wanted = await languageOf(request);
  const attempt = found(await attemptFor(context.db, actor, idOf(params, "attemptId"), now, wanted));
  if (attempt.submittedAt) throw redirect(`/attempts/${attempt.id}/result`);
  const { id, requirement, moduleTitle, moduleLanguage, kind, number, open, dueAt, languages } = attempt;
  const items = attempt.items.map(({ item, language, given, confidence }) => ({
    stem: item.stem,
    language,
    confidence,
    part: answeredPart(item, given),
  }));
  const q = new URL(request.url).searchParams.get("q");
  const firstOpen = Math.max(
    0,
    items.findIndex((item) => item.part !== "all"),
  );
  const current = q === "review" ? null : found(attempt.items[q === null ? firstOpen : Number(q) - 1]);
  const secondsLeft = dueAt && Math.max(0, Math.floor((dueAt.getTime() - now.getTime()) / 1000));
  return {
    id,
    requirement,
    moduleTitle,
    moduleLanguage,
    kind,
    number,
    open,
    items,
    secondsLeft,
    languages,
    wanted,
    current: open ? current : null,
  };
}

const fields = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("submit") }),
  z.object({
    intent: z.literal("save"),
    position: z.coerce.number().int().min(0).max(1000),
    revision: z.coerce.number().int().min(0),
    confidence: z.enum(confidences).nullable().catch(null).default(null),
    go: z.union([z.enum(["next", "previous", "review", "stay"]), z.coerce.number().int().min(1)]),
  }),
]);

/** Saves the item shown and goes where the button says, or submits the attempt. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const attemptId = idOf(params, "attemptId");
  const form = await formOf(request);
  const values = Object.fromEntries([...form].filter((e): e is [string, string] => typeof e[1] === "string"));
  const sent = fields.safeParse(values);
  const t = await translateFor(request);
  if (!sent.success) return refused({ message: t("That could not be read. Try again."), values }, 422);
  if (sent.data.intent === "submit") {
    found(await submitAssessment(context.db, actor, { attemptId }, context.now()));
    return redirect(`/attempts/${attemptId}/result`);
  }
  const { position, revision, confidence, go } = sent.data;
  const { items } = found(await attemptFor(context.db, actor, attemptId, context.now()));
  const { item } = found(items[position]);
  // A decision is final: it is taken by a button that says so, and what comes of it is shown before anything else.
  const decides = item.type === "branching" && (go === "stay" || go === "next");
  const given = givenFrom(form, item, { decides });
  const decision = decisionIn(item, given);
  const cameOf = (number: number, otherwise: boolean) =>
    redirect(
      `/attempts/${attemptId}?q=${position + 1}${otherwise ? `&elsewhere=${number}` : ""}#${decisionAnchor(number)}`,
    );
  const before = decides ? decidedBefore(form, item) : null;
  if (before) return cameOf(before.number, before.otherwise);
  if (item.type === "branching" && go === "stay" && decision === null && !item.ended)
    return refused({ message: t("Choose what to do, then decide."), values }, 422);
  const next =
    decision === null
      ? redirect(`/attempts/${attemptId}?q=${destination(go, position, items.length)}`)
      : cameOf(decision, false);
  // A form that was never answered is left as it is; one that was is emptied.
  if (given === null && (revision === 0 || item.type === "branching")) return next;
  const saved = found(
    await saveAnswer(context.db, actor, { attemptId, position, given, confidence, revision }, context.now()),
  );
  if (saved.ok) return next;
  // A decision taken elsewhere stands; there is nothing to choose.
  if (saved.reason === "stale" && item.type === "branching")
    return decision === null ? redirect(`/attempts/${attemptId}?q=${position + 1}`) : cameOf(decision, true);
  if (saved.reason === "stale") {
    const conflict = { given: saved.given, revision: saved.revision };
    return data({ position, conflict, mine: given ?? [] }, { status: 409 });
  }
  if (saved.reason === "closed") return redirect(`/attempts/${attemptId}?q=review`);
  const message =
    item.type === "short_answer"
      ? t("That answer is too long. Write a word, a number or a short phrase.")
      : t("That answer is not complete. Give each its own place.");
  return refused({ message, values }, 422);
}

type Go = "next" | "previous" | "review" | "stay" | number;

function destination(go: Go, position: number, count: number): number | "review" {
  if (go === "review") return go;
  const to = go === "stay" ? position + 1 : go === "previous" ? position : go === "next" ? position + 2 : go;
  return to > count ? "review" : Math.max(1, to);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Attempt() {
  const t = useT();
  const langOf = useLangOf();
  const page = useLoaderData<typeof loader>();
  const { id, requirement, moduleTitle, kind, open, items, secondsLeft, current, languages, wanted } = page;
  const { waiting, conflicts } = useResend(id, current?.position ?? null);
  const { parts, onSaved } = useParts();
  const heading = useFocusOn(current ? `${current.position}/${current.revision}` : "review");
  const submit = useSubmit();
  const onEnd = useCallback(() => {
    // An answer that is being saved has the time to arrive: the server allows for it.
    setTimeout(
      () => submit({ intent: "submit" }, { method: "post", action: `/attempts/${id}?q=review` }),
      2000,
    );
  }, [id, submit]);
  return (
    <div className="mx-auto max-w-5xl">
      <header className="mb-3 flex flex-wrap items-end justify-between gap-4">
        <div>
          <p className="text-muted text-sm font-medium">
            <Link
              to={`/learn/${requirement}${counts(kind) ? "/assessment" : ""}`}
              lang={langOf(page.moduleLanguage)}
              className="underline underline-offset-4"
            >
              {moduleTitle}
            </Link>{" "}
            · {attemptName(page, t)}
          </p>
          <h1 ref={heading} tabIndex={-1} className="mt-1 text-2xl outline-none sm:text-3xl">
            {current
              ? t("Item {{number}} of {{total}}", { number: current.position + 1, total: items.length })
              : t(open ? "Review" : "Assessment")}
          </h1>
          {current ? (
            <>
              <LanguageChoice languages={languages} shown={current.language} />
              <Untranslated wanted={wanted} shown={current.language} />
            </>
          ) : null}
        </div>
        {secondsLeft === null ? <p className="text-muted text-sm">{t("No time limit")}</p> : null}
      </header>
      {open && secondsLeft !== null ? <Clock seconds={secondsLeft} onEnd={onEnd} /> : null}
      {!open ? (
        <TimeUp attemptId={id} />
      ) : current ? (
        <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_15rem]">
          <Question
            key={`${current.position}/${current.revision}`}
            attemptId={id}
            entry={current}
            count={items.length}
            onSaved={onSaved}
          />
          <aside className="lg:sticky lg:top-30">
            <h2 className="mb-3 text-sm font-semibold">
              {t("{{done}} of {{total}} answered", {
                done: parts.filter((part) => part === "all").length,
                total: items.length,
              })}
            </h2>
            <PositionMap parts={parts} current={current.position} form={answerForm} />
          </aside>
        </div>
      ) : (
        <Review attemptId={id} items={items} waiting={waiting} conflicts={conflicts} />
      )}
    </div>
  );
}

/** What is answered: as loaded, and for the item shown as saved since. */
function useParts() {
  const { items, current } = useLoaderData<typeof loader>();
  const [saved, setSaved] = useState<{ position: number; part: Part } | null>(null);
  const onSaved = useCallback(
    (given: GivenResponse | null) => {
      if (current) setSaved({ position: current.position, part: answeredPart(current.item, given) });
    },
    [current],
  );
  return {
    parts: items.map((item, i) => (saved?.position === i ? saved.part : item.part)),
    onSaved,
  };
}

/**
 * Going to another item, or to what was saved of this one elsewhere, leaves the control behind that had the focus; it moves to
 * the heading of what is shown.
 */
function useFocusOn(shown: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    // An address with a fragment leads to a place of its own.
    if (before.current !== shown && window.location.hash === "") heading.current?.focus();
    before.current = shown;
  }, [shown]);
  return heading;
}
