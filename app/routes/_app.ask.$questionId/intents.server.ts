import { redirect } from "@remix-run/node";
import { feedbackRefusalWords } from "#app/domain/assistant/feedback.ts";
import { giveFeedback } from "#app/domain/assistant/feedback.server.ts";
import { followUp } from "#app/domain/assistant/follow-up.server.ts";
import { limitedModel } from "#app/domain/assistant/model-budget.server.ts";
import { answerBack, judgeAgain, openCaseFor } from "#app/domain/assistant/question.server.ts";
import { emptyQuestion, tooLongQuestion } from "#app/domain/assistant/question-text.ts";
import { shareRefusalWords } from "#app/domain/assistant/share.ts";
import { shareQuestion, unshareQuestion } from "#app/domain/assistant/share.server.ts";
import { setWatched } from "#app/domain/assistant/watch.server.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { waitText } from "#app/http/ask-wait.ts";
import { type FormState, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import type { Services } from "#app/http/services.ts";
import type { Translate } from "#app/i18n/translate.ts";
import type { AnswerFields } from "./fields.ts";

type Visit = {
  services: Services;
  actor: Actor;
  questionId: string;
  state: FormState;
  /** Into the language of whoever sent the form. */
  t: Translate;
  now: Date;
};

/** Does what a form of the answer page asks for, then leads back to the page; a refusal draws the form again. */
export async function carryOut(sent: AnswerFields, { services, actor, questionId, state, t, now }: Visit) {
  const { db, embedding } = services;
  const here = `/ask/${questionId}`;
  switch (sent.intent) {
    case "choose": {
      const { intent: _intent, ...chosen } = sent;
      const asked = found(await answerBack(db, actor, { questionId, chosen }, now, { embedding }));
      if (!asked.ok)
        return refused({ ...state, message: t("Choose an answer first. “Not sure” is one, too.") }, 422);
      throw redirect(`/ask/${asked.questionId}`);
    }
    case "follow-up": {
      const waiting = await services.askLimit(actor.id);
      if (waiting) {
        const message = `${waitText(t, waiting)} ${t("Your text is still here.")}`;
        return refused({ ...state, message }, 429, { "Retry-After": String(waiting.retryAfter) });
      }
      const model = limitedModel(db, actor.id, services.model, services.modelLimits, now);
      const asked = found(
        await followUp(
          db,
          actor,
          { questionId, text: sent.text },
          { model, vectors: services.vectors, embedding },
          now,
        ),
      );
      if (asked.ok) throw redirect(`/ask/${asked.questionId}`);
      if (asked.reason === "superseded")
        return refused(
          { ...state, message: t("There is a later answer already. Ask your follow-up there.") },
          409,
        );
      const text = asked.reason === "too_long" ? tooLongQuestion : emptyQuestion;
      return refused({ ...state, errors: { text: t(text) } }, 422);
    }
    case "open-case": {
      const opened = found(await openCaseFor(db, actor, { questionId }, now));
      if (!opened.ok) return refused({ message: t("There is nothing for a reviewer to decide here.") }, 409);
      throw redirect(here);
    }
    case "judge-again": {
      const asked = found(await judgeAgain(db, actor, { questionId }, now, { embedding }));
      if (!asked.ok)
        return refused({ message: t("There is a later answer already. Go to the latest answer.") }, 409);
      throw redirect(`/ask/${asked.questionId}?done=judged`);
    }
    case "watch": {
      const watched = sent.watched === "yes";
      found(await setWatched(db, actor, { questionId, watched }, now));
      throw redirect(`${here}?done=${watched ? "watched" : "unwatched"}`);
    }
    case "feedback": {
      const helpful = sent.helpful === "yes";
      const { reason } = sent;
      const given = found(await giveFeedback(db, actor, { questionId, helpful, reason }, now));
      if (!given.ok)
        return refused({ ...state, errors: { reason: t(feedbackRefusalWords[given.reason]) } }, 422);
      throw redirect(`${here}?done=rated#feedback`);
    }
    case "share": {
      const shared = found(await shareQuestion(db, actor, { questionId, personId: sent.personId }, now));
      if (!shared.ok)
        return refused({ ...state, errors: { colleague: t(shareRefusalWords[shared.reason]) } }, 409);
      throw redirect(`${here}?done=shared#share`);
    }
    case "unshare": {
      found(await unshareQuestion(db, actor, { questionId, personId: sent.personId }, now));
      throw redirect(`${here}?done=unshared#share`);
    }
  }
}
