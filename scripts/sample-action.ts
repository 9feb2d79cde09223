import type { Db } from "#db/client.server.ts";
import type { ActionInput, StepInput } from "#app/domain/competence/corrective-action.ts";
import { openAction, takeActionStep } from "#app/domain/competence/corrective-action.server.ts";
import type { Actor } from "#app/domain/people/permission.ts";

const day = 86_400_000;
type Act = { at: Date; run: (at: Date) => Promise<unknown> };

const dayFrom = (from: Date, days: number): string =>
  new Date(from.getTime() + days * day).toISOString().slice(0, 10);

/** Gaps in each state, the closed one with its measures. */
export function actionActs(db: Db, actorOf: (id: string) => Actor, now: Date): Act[] {
  const ids = new Map<string, string>();
  const opened = (key: string, days: number, by: string, input: Partial<ActionInput>): Act => ({
    at: new Date(now.getTime() - days * day),
    run: async (at) => {
      const done = await openAction(
        db,
        actorOf(by),
        {
          scope: "organisation",
          person: "",
          group: "",
          requirement: "",
          source: "audit",
          sourceRef: "",
          nonconformity: "",
          owner: "",
          dueOn: dayFrom(at, 30),
          ...input,
        },
        at,
      );
      if (!done?.ok) throw new Error(`sample action ${key}: ${JSON.stringify(done)}`);
      ids.set(key, done.id);
    },
  });
  const step = (key: string, days: number, by: string, input: StepInput): Act => ({
    at: new Date(now.getTime() - days * day),
    run: async (at) => {
      const done = await takeActionStep(db, actorOf(by), { actionId: ids.get(key) ?? "", ...input }, at);
      if (!done?.ok) throw new Error(`sample action ${key}, ${input.step}: ${JSON.stringify(done)}`);
    },
  });
  const mail = (name: string): string => `${name}@aldermoor.example`;
  return [
    opened("support", 70, "p-ines", {
      scope: "department",
      group: "Customer Support",
      source: "overdue",
      requirement: "ai-awareness-yearly",
      nonconformity: "A quarter of customer support renewed its AI awareness training after the due date.",
      owner: mail("dana.okafor"),
    }),
    step("support", 66, "p-dana", {
      step: "planned",
      cause: "Shifts left no quiet hour for it, and reminders came in the busiest weeks.",
      note: "One quiet hour per person and fortnight in the shift plan.",
      owner: mail("dana.okafor"),
      dueOn: dayFrom(now, -40),
    }),
    step("support", 45, "p-dana", {
      step: "done",
      note: "The hour stands in the shift plan since the new month.",
    }),
    step("support", 12, "p-ines", {
      step: "verified",
      verdict: "effective",
      method: "Share of renewals on time, the quarter before against the six weeks since.",
      before: "76 % on time",
      after: "95 % on time",
      note: "",
    }),
    step("support", 11, "p-ines", { step: "closed", note: "The hour stays in the plan." }),
    opened("sander", 14, "p-dana", {
      scope: "person",
      person: mail("sander.kuipers"),
      source: "other",
      requirement: "ai-customer-support-yearly",
      nonconformity: "Answers suggested by the assistant are sent without being checked against the source.",
      owner: mail("dana.okafor"),
    }),
    step("sander", 13, "p-dana", {
      step: "planned",
      cause: "Did not know where the assistant shows its sources.",
      note: "Two afternoons beside a colleague; then ten chats are read again.",
      owner: mail("dana.okafor"),
      dueOn: dayFrom(now, 10),
    }),
    opened("register", 34, "p-ines", {
      source: "audit",
      sourceRef: "Internal audit, finding 3",
      nonconformity: "Nobody has been trained to keep the register of AI systems while its owner is away.",
      owner: mail("ravi.menon"),
      dueOn: dayFrom(now, -3),
    }),
  ];
}
