import type { Send } from "#app/domain/evidence/forwarding.ts";
import { noticeChangedAnswers } from "#app/domain/assistant/notice.server.ts";
import { openDuePeriods } from "#app/domain/competence/assignment.server.ts";
import { workBulkActions } from "#app/domain/competence/bulk-work.server.ts";
import { runRequirements } from "#app/domain/competence/requirement-edit.server.ts";
import { workRequirementRuns } from "#app/domain/competence/requirement-run.server.ts";
import { submitOverdue } from "#app/domain/competence/completion.server.ts";
import { sealWhenDue } from "#app/domain/audit/seal.server.ts";
import type { Signer } from "#app/domain/audit/seal.ts";
import { applyRetention } from "#app/domain/evidence/retention.server.ts";
import { deliverDue } from "#app/domain/evidence/outbox.server.ts";
import { purgeSessions } from "#app/domain/people/session.server.ts";
import { embedAll, indexPassages } from "#app/domain/assistant/passage.server.ts";
import { deliverMessages } from "#app/domain/communication/delivery.server.ts";
import { writeDigests } from "#app/domain/competence/digest.server.ts";
import { planReminders } from "#app/domain/competence/reminder.server.ts";
import { evaluateDue } from "#app/domain/effectiveness/evaluation-result.server.ts";
import { buildPacks, type PackTools } from "#app/domain/pack/job.server.ts";
import type { Services } from "#app/http/services.ts";
import type { Mailer } from "#app/platform/mail.ts";

/** What a job may use. */
export type WorkerServices = Pick<
  Services,
  "db" | "now" | "embedding" | "retention" | "mailing" | "baseUrl"
> & {
  /** Hands statements to an external LRS. */
  send: Send;
  /** Hands mails to the mail server; null: none is configured, and messages wait. */
  mailer: Mailer | null;
  /** Signs seals. */
  signer: Signer;
  /** What audit packs are built with. */
  packs: PackTools;
  /** Does what the database does not do by itself. */
  tidy: () => Promise<void>;
};

export type Job = {
  name: string;
  /** Pause between the end of one run and the start of the next. */
  everySeconds: number;
  run(services: WorkerServices): Promise<unknown>;
};

/** What happens by time alone. Each job may run in several processes at once: claims and idempotent writes keep them apart. */
export const schedule: readonly Job[] = [
  {
    name: "deliver outbox",
    everySeconds: 5,
    run: ({ db, send, now }) => deliverDue(db, send, now),
  },
  {
    name: "submit attempts whose time ran out",
    everySeconds: 60,
    run: ({ db, now }) => submitOverdue(db, now()),
  },
  {
    name: "purge expired sessions",
    everySeconds: 3600,
    run: ({ db, now }) => purgeSessions(db, now()),
  },
  {
    name: "delete what was kept long enough",
    everySeconds: 21_600,
    run: ({ db, now, retention }) => applyRetention(db, retention ?? [], now()),
  },
  {
    name: "seal what is new, every hour",
    everySeconds: 60,
    run: ({ db, signer, now }) => sealWhenDue(db, signer, now()),
  },
  {
    name: "build audit packs",
    everySeconds: 5,
    run: ({ db, signer, packs, now }) => buildPacks(db, signer, packs, now),
  },
  {
    name: "tidy the database",
    everySeconds: 3600,
    run: ({ tidy }) => tidy(),
  },
  {
    name: "index what cases and the register changed",
    everySeconds: 180,
    run: ({ db, now }) => indexPassages(db, now()),
  },
  {
    name: "give vectors to new passages",
    everySeconds: 60,
    run: async ({ db, embedding }) => (embedding ? embedAll(db, embedding) : 0),
  },
  {
    name: "open due periods",
    everySeconds: 3600,
    run: ({ db, now }) => openDuePeriods(db, now()),
  },
  {
    name: "plan reminders",
    everySeconds: 900,
    run: ({ db, mailing, now }) => planReminders(db, mailing.reminders, now()),
  },
  {
    name: "write the mails of the day",
    everySeconds: 60,
    run: ({ db, mailing, baseUrl, now }) => writeDigests(db, mailing, baseUrl, now()),
  },
  {
    name: "deliver mail",
    everySeconds: 10,
    run: async ({ db, mailer, mailing, baseUrl, now }) =>
      mailer
        ? deliverMessages(
            db,
            mailer.send,
            { baseUrl, hours: mailing.reminders.hours, lanes: mailer.lanes },
            now,
          )
        : 0,
  },
  {
    name: "compute evaluations whose day has come",
    everySeconds: 3600,
    run: ({ db, now }) => evaluateDue(db, now()),
  },
  {
    // Versions and systems whose day has come, leavers, and what a run that was cut off left undone.
    name: "run the rules of requirements",
    everySeconds: 3600,
    run: ({ db, now }) => runRequirements(db, now()),
  },
  {
    name: "apply changed requirements",
    everySeconds: 3,
    run: ({ db, now }) => workRequirementRuns(db, now),
  },
  {
    name: "do what was asked for many at once",
    everySeconds: 3,
    run: ({ db, now }) => workBulkActions(db, now),
  },
  {
    // At once after a start, when new policies, rules or a new register may have been published.
    name: "answers",
    everySeconds: 900,
    run: ({ db, now }) => noticeChangedAnswers(db, now()),
  },
];
