import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { type AskBack, notSure } from "#app/domain/assistant/answer.ts";
import { type AnswerWords, answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { otherPurpose, unregistered } from "#app/domain/risk/facts.ts";
import type { QuestionView } from "./route.tsx";

/** The questions back: choices that can settle the verdict. */
export function ChoicesForm({ view }: { view: QuestionView }) {
  const busy = useNavigation().state !== "idle";
  const words = answerWords[view.language];
  return (
    <Card as="section" lang={view.language}>
      <h2 className="text-xl">
        {view.verdict.outcome === "asked_back" ? words.headings.decide : words.headings.sayMore}
      </h2>
      <Form method="post" className="mt-5 space-y-8">
        <input type="hidden" name="intent" value="choose" />
        {view.answer.askBack.map((asked) => (
          <Choices key={asked.fact} asked={asked} chosen={[]} words={words.askBack} />
        ))}
        <Button disabled={busy}>{busy ? words.buttons.busy : words.buttons.answer}</Button>
      </Form>
    </Card>
  );
}

/** Every fact with what was understood, to be put right. */
export function Correction({ view }: { view: QuestionView }) {
  const busy = useNavigation().state !== "idle";
  const words = answerWords[view.language];
  return (
    <details lang={view.language} className="border-line bg-surface rounded-2xl border p-5">
      <summary className="cursor-pointer font-semibold">{words.headings.correct}</summary>
      <Form method="post" className="mt-5 space-y-8">
        <input type="hidden" name="intent" value="choose" />
        {view.correction.map((asked) => (
          <Choices key={asked.fact} asked={asked} chosen={view.chosen[asked.fact]} words={words.askBack} />
        ))}
        <Button look="secondary" disabled={busy}>
          {busy ? words.buttons.busy : words.buttons.judgeAgain}
        </Button>
      </Form>
    </details>
  );
}

/** Choices shown at once; further ones are a click away. */
const shownFirst = 8;
/** Choices for what no list names; never hidden among the rest. */
const waysOut: string[] = [otherPurpose, unregistered];

function Choices({
  asked,
  chosen,
  words,
}: {
  asked: AskBack;
  chosen: readonly string[];
  words: AnswerWords["askBack"];
}) {
  const named = asked.choices.filter((c) => !waysOut.includes(c.value));
  const listed = [
    ...named.filter((c) => chosen.includes(c.value)),
    ...named.filter((c) => !chosen.includes(c.value)),
  ];
  const others = asked.choices.filter((c) => waysOut.includes(c.value));
  const split = listed.length > shownFirst + 2 ? shownFirst : listed.length;
  const choice = ({ value, label }: AskBack["choices"][number]) => (
    <Choice
      key={value}
      type={asked.multiple ? "checkbox" : "radio"}
      name={asked.multiple ? `${asked.fact}[]` : asked.fact}
      value={value}
      defaultChecked={chosen.includes(value)}
    >
      {label}
    </Choice>
  );
  return (
    <fieldset>
      <legend className="mb-3 font-semibold">
        {asked.prompt}
        {asked.multiple ? <span className="text-muted font-normal"> {words.several}</span> : null}
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">{listed.slice(0, split).map(choice)}</div>
      {split < listed.length ? (
        <details className="mt-2">
          <summary className="text-accent flex min-h-11 cursor-pointer items-center text-sm font-semibold">
            {fill(words.more, { count: listed.length - split })}
          </summary>
          <div className="mt-2 grid gap-2 sm:grid-cols-2">{listed.slice(split).map(choice)}</div>
        </details>
      ) : null}
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        {[...others, { value: notSure, label: words.notSure }].map(choice)}
      </div>
    </fieldset>
  );
}
