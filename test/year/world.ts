import type { Db } from "#db/client.server.ts";
import { courseFor } from "#app/domain/competence/course.server.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import {
  changePerson,
  importAndAssign,
  personDetails,
} from "#app/domain/competence/person-details.server.ts";
import { signPolicyFor } from "#app/domain/competence/policy-signing.server.ts";
import { startAssessment, startMeasure } from "#app/domain/competence/sitting.server.ts";
import { acknowledgePolicies, takeStep } from "#app/domain/competence/study.server.ts";
import { attemptFor, saveAnswer } from "#app/domain/learning/attempt.server.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";
import { mailSender } from "#app/platform/mail.ts";
import { schedule, type WorkerServices } from "#app/worker/schedule.ts";
import { checkAnswers, rightAnswer } from "#test/course.ts";
import { aSigner } from "#test/evidence.ts";
import type { FakeSmtp } from "#test/fakes/smtp.ts";
import { mailing } from "#test/mailing.ts";
import { loadContent } from "../../scripts/content.ts";
import { verifierText, version } from "../../scripts/pack-tools.ts";
import { publish } from "../../scripts/publish.ts";
import * as company from "./company.ts";
import { type Facts, Oracle, type OracleState } from "./oracle.ts";
import { Whereabouts } from "./whereabouts.ts";

const baseUrl = "https://learn.aldermoor.example";

/** When the revised policy comes into force. */
const revision = new Date(`${company.revisedPolicy.effectiveFrom}T00:00:00Z`);

/** What an action of the product answers. */
type Answered = { ok: boolean } | { asked: number } | { changed: number } | null;

/** The organisation, its clock, and what the oracle makes of the same year. */
export class World {
  clock = new Date("2027-03-01T09:00:00Z");
  readonly oracle = new Oracle(company.demands);
  readonly whereabouts = new Whereabouts();
  readonly signer = aSigner("y");
  /** What the content folder says now. */
  readonly content = {
    ...loadContent("content"),
    modules: [...company.modules],
    sources: {},
    policies: [...company.policies],
    checks: [] as (typeof company.revisedCheck)[],
    requirements: company.requirements,
    systems: [company.hirelens, company.facegate],
    people: [],
    cases: [],
  };
  /** Everybody's states when the jobs of a day had run. */
  readonly daily: { at: Date; states: Map<string, OracleState> }[] = [];
  /** First attempts at the assessment of awareness: who, when, whether passed. */
  readonly firstAttempts: { id: string; at: Date; passed: boolean }[] = [];
  /** What was acknowledged, as `person policy version`. */
  readonly signed = new Set<string>();
  private readonly services: WorkerServices;

  constructor(
    readonly db: Db,
    smtp: FakeSmtp,
    readonly packFolder: string,
  ) {
    const mailer = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: "training@aldermoor.example" });
    this.services = {
      db,
      now: () => this.clock,
      embedding: null,
      retention: this.content.retention,
      mailing,
      baseUrl,
      signer: this.signer,
      packs: {
        folder: packFolder,
        verifier: verifierText(),
        product: version(),
        reminders: mailing.reminders,
      },
      tidy: async () => {},
      send: async () => {
        throw new Error("there is no external store");
      },
      mailer,
    };
  }

  actor(id: string): Actor {
    const row = company.people.get(id);
    if (!row) throw new Error(`nobody is called ${id}`);
    return { id, name: row.name, roles: row.roles };
  }

  /** Everything that happens by time, in the order of the schedule. */
  async work(): Promise<void> {
    for (const job of schedule) await job.run(this.services);
    this.oracle.look(this.clock);
    this.daily.push({ at: this.clock, states: this.oracle.states(this.clock) });
  }

  /** Brings the database to what the content folder says, as a start of the product does. */
  async publish(): Promise<void> {
    await publish(this.db, this.content, { kind: "own", baseIri: baseUrl }, this.clock);
    this.look();
  }

  async join(ids: readonly string[]): Promise<void> {
    const rows = ids.flatMap((id) => company.people.get(id) ?? []);
    await importAndAssign(this.db, system, rows, this.clock);
    for (const row of rows) {
      this.oracle.people.set(row.id, company.factsOf(row));
      this.whereabouts.works(row.id, row.department, row.hired_on, this.clock);
    }
    this.look();
  }

  /** Lets the oracle see who falls under what now. */
  private look(): void {
    for (const facts of this.oracle.people.values())
      facts.oversees = this.content.systems
        .filter((one) => one.status === "in_use" && one.overseers.includes(facts.id))
        .map(({ slug }) => slug);
    this.oracle.look(this.clock);
  }

  /** Changes what is known of a person on their page, true from a day, and for the oracle. */
  async change(
    id: string,
    set: Partial<Pick<Facts, "location" | "computerShare" | "audiences">>,
    moved?: { department: string; from: string },
  ): Promise<void> {
    const facts = this.oracle.people.get(id);
    const details = await personDetails(this.db, this.actor("ines"), id, this.clock);
    if (!facts || !details) throw new Error(`nobody is called ${id}`);
    const { id: personId, name: _name, ...known } = details.person;
    must(
      await changePerson(
        this.db,
        this.actor("ines"),
        {
          personId,
          details: { ...known, ...set, department: moved?.department ?? known.department },
          from: moved?.from ?? null,
        },
        this.clock,
      ),
    );
    Object.assign(facts, set);
    if (moved) this.whereabouts.works(id, moved.department, moved.from, this.clock);
    this.look();
  }

  /** Reads the lesson, which begins the period. */
  async read(id: string, requirement: string): Promise<void> {
    const step = { requirement, lesson: "first", part: 0, given: null };
    must(await takeStep(this.db, this.actor(id), step, this.clock));
    this.oracle.of(id, requirement).begin();
  }

  /** Reads, acknowledges and sits the assessment, once. */
  async study(id: string, requirement: string, right = true): Promise<void> {
    const actor = this.actor(id);
    await this.read(id, requirement);
    const course = await courseFor(this.db, actor, requirement, this.clock);
    for (const { slug, acknowledgedAt, checked } of course?.policies ?? []) {
      if (acknowledgedAt) continue;
      if (checked) await this.sign(id, slug, requirement);
      else must(await acknowledgePolicies(this.db, actor, { requirement, policies: [slug] }, this.clock));
      this.signed.add(`${id} ${slug} ${this.versionOf(slug)}`);
    }
    const started = await startAssessment(this.db, actor, { requirement, seed: 7 }, this.clock);
    await this.answer(actor, requirement, must(started).attemptId, right);
    if (requirement === "awareness" && !this.firstAttempts.some((one) => one.id === id))
      this.firstAttempts.push({ id, at: this.clock, passed: right });
    if (right) this.oracle.of(id, requirement).complete(this.clock);
  }

  /** Takes the check of what is left after 90 days. */
  async retention(id: string, requirement: string, right: boolean): Promise<void> {
    const actor = this.actor(id);
    const input = { requirement, kind: "retention", seed: 3 } as const;
    const started = await startMeasure(this.db, actor, input, this.clock);
    await this.answer(actor, requirement, must(started).attemptId, right);
    if (!right) this.oracle.of(id, requirement).askAgain(this.clock);
  }

  /** Acknowledges a policy with its check, first with wrong answers and then with right ones. */
  async sign(id: string, slug: string, requirement: string | null = null): Promise<void> {
    const actor = this.actor(id);
    const shown = await policyToSign(this.db, actor, slug, this.clock, "en");
    const sign = (right: boolean) =>
      signPolicyFor(
        this.db,
        actor,
        {
          slug,
          versionId: shown?.policy.id ?? "",
          given: checkAnswers(shown?.check?.items ?? [], right),
          confirmed: true,
          requirement,
        },
        this.clock,
        "en",
      );
    const wrong = await sign(false);
    if (shown?.check && wrong?.ok !== false) throw new Error(`${id} signed ${slug} with wrong answers`);
    must(await sign(true));
    this.signed.add(`${id} ${slug} ${this.versionOf(slug)}`);
  }

  private versionOf(slug: string): string {
    return slug === "ai-policy" && this.clock >= revision ? "2.0" : "1.0";
  }

  /** Who has to acknowledge a policy and has not, by what happened. */
  unsigned(slug: string, requirement: string): string[] {
    return [...this.oracle.states(this.clock).keys()]
      .map((key) => key.split(" "))
      .filter(
        ([id, asked]) => asked === requirement && !this.signed.has(`${id} ${slug} ${this.versionOf(slug)}`),
      )
      .map(([id = ""]) => id)
      .toSorted();
  }

  private async answer(actor: Actor, slug: string, attemptId: string, right: boolean): Promise<void> {
    const view = await attemptFor(this.db, actor, attemptId, this.clock);
    const module = company.modules.find((one) => one.slug === slug);
    if (!view || !module) throw new Error(`${actor.id} sees no attempt`);
    for (const shown of right ? view.items : []) {
      const { position, revision } = shown;
      const given = rightAnswer(module, shown);
      await saveAnswer(this.db, actor, { attemptId, position, revision, given }, this.clock);
    }
    const done = await submitAssessment(this.db, actor, { attemptId }, this.clock);
    if (done?.score !== (right ? 1 : 0)) throw new Error(`${actor.id} scored ${done?.score}`);
  }
}

/** What was taken; a refusal or nothing at all ends the year. */
export function must<T extends Answered>(answered: T): Exclude<T, null | { ok: false }> {
  if (answered === null || ("ok" in answered && !answered.ok))
    throw new Error(`it was refused: ${JSON.stringify(answered)}`);
  return answered as Exclude<T, null | { ok: false }>;
}
