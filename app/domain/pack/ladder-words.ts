import type { Reminders, Step } from "../competence/reminder.ts";
import { escaped, table } from "./page.ts";

const starts: Record<Step["from"], string> = {
  assigned: "the assignment",
  due: "the due date",
  overdue: "the due date with its grace",
};
const readers: Record<Step["tell"][number], string> = {
  learner: "the learner",
  manager: "the manager",
  hr: "HR",
};

/** When a step of the ladder is told, in words. */
export function momentWords({ from, days }: Pick<Step, "from" | "days">): string {
  if (days === 0) return `on the day of ${starts[from]}`;
  const many = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  return `${many} ${days < 0 ? "before" : "after"} ${starts[from]}`;
}

/** Who is told what and when, as the content of the product has it. */
export function ladderHtml(reminders: Reminders): string {
  const { hours, first, renewal, policy } = reminders;
  const rows = (steps: readonly Step[]): string[][] =>
    steps.map((step) =>
      [
        step.step,
        momentWords(step),
        step.tell.map((one) => readers[one]).join(", "),
        step.early ? "yes" : "no",
      ].map(escaped),
    );
  const columns = ["Step", "When", "Who is told", "May be switched off"];
  const days = hours.weekends ? "every day" : "from Monday to Friday";
  return `<h2>By which rules</h2>
<p>As published when the pack was made. Everybody gets one mail a day at most, ${days} between ${escaped(hours.from)} and ${escaped(hours.until)} of their local time. Of the steps whose time has come only the last is told, and each once; where there is no manager, HR is told. Practices are brought up for ${reminders.practiceDays} days after they fall due.</p>
${table("The first time a requirement asks", columns, rows(first))}${table("Renewals", columns, rows(renewal))}${table("Policies to acknowledge", columns, rows(policy))}`;
}
