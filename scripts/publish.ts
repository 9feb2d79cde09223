import type { Db } from "#db/client.server.ts";
import type { AuditEntry } from "#app/domain/audit/event.ts";
import { recordEvents } from "#app/domain/audit/event.server.ts";
import { publishGlossary } from "#app/domain/assistant/glossary.server.ts";
import { indexPassages } from "#app/domain/assistant/passage.server.ts";
import { publishCases } from "#app/domain/cases/precedent.server.ts";
import { applyChange } from "#app/domain/competence/material-change.server.ts";
import { keptFromContent, publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { runRequirements } from "#app/domain/competence/requirement-edit.server.ts";
import { retrainForPolicies } from "#app/domain/competence/retraining.server.ts";
import { modulesBehind, publishContent } from "#app/domain/content/publish.server.ts";
import {
  createOrganisation,
  publishAiRoles,
  importPeople,
  setSamplePasswords,
  theOrganisation,
} from "#app/domain/people/import.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { samplePassword, samplePeople } from "#app/domain/people/sample.ts";
import { publishChecks } from "#app/domain/policies/check.server.ts";
import { publishRegister } from "#app/domain/register/ai-system.server.ts";
import { publishRules } from "#app/domain/risk/rule-set.server.ts";
import type { Content } from "./content.ts";
import { sampleDays, writeSampleHistory } from "./sample-history.ts";
import { asTheyBegan } from "./sample-mover.ts";

type Options = { kind: "sample" | "own"; baseIri: string };

/**
 * Brings the database to what the content folder says and assigns what follows from it. The first run creates the
 * organisation; the sample one with people, sign-ins and a past, told through `progress` because it takes seconds. It
 * tells as well which modules of the folder are behind what is published.
 */
export async function publish(
  db: Db,
  content: Content,
  options: Options,
  now: Date,
  progress: (line: string) => void = () => {},
): Promise<{ first: boolean; kind: "sample" | "own" }> {
  const known = await theOrganisation(db);
  if (known) {
    await publishAll(db, content, now);
  } else if (options.kind === "own") {
    await found(db, content, options, now);
    await publishAll(db, content, now);
  } else {
    progress("Writing the sample organisation and its past …");
    // All or nothing: a start that is cut off leaves no organisation half-way through its past.
    await db.transaction(async (tx) => {
      const began = new Date(now.getTime() - sampleDays * 86_400_000);
      await found(tx, content, options, began);
      await recordEvents(tx, system, await publishContent(tx, content, began), began);
      await recordEvents(tx, system, await publishChecks(tx, content.checks, began), began);
      await recordEvents(tx, system, await publishRegister(tx, content.systems, began), began);
      await recordEvents(tx, system, await publishRules(tx, content.rules, began), began);
      await writeSampleHistory(tx, content, now);
      await publishAll(tx, content, now);
    });
  }
  await runRequirements(db, now);
  for (const slug of await keptFromContent(db, content.requirements))
    progress(
      `Requirement ${slug}: it was edited in the browser and stays so; the content folder says otherwise.`,
    );
  for (const { slug, folder, published } of await modulesBehind(db, content.modules))
    progress(
      `Module ${slug}: version ${published} is published and stays; the content folder holds ${folder}. Export the published one, or give the folder a higher version.`,
    );
  return { first: !known, kind: known?.kind ?? options.kind };
}

/** Creates the one organisation; the sample one with its people and published passwords. */
async function found(db: Db, content: Content, options: Options, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const { name, policyContact } = content.organisation;
    const { kind, baseIri } = options;
    const policyContactId = kind === "sample" ? policyContact : null;
    const created = await createOrganisation(tx, { kind, name, baseIri, policyContactId }, now);
    const entries: AuditEntry[] = created ? [created] : [];
    if (kind === "sample") {
      entries.push(await importPeople(tx, asTheyBegan(content.people), system, now));
      await setSamplePasswords(tx, samplePeople, samplePassword, now);
    }
    await recordEvents(tx, system, entries, now);
  });
}

/** Publishes whatever is new, with what follows from it and what the assistant finds of it, in one transaction. */
async function publishAll(db: Db, content: Content, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const roles = await publishAiRoles(tx, content.organisation.aiRoles);
    const published = await publishContent(tx, content, now);
    const entries = [
      ...(roles ? [roles] : []),
      ...published,
      ...(await publishChecks(tx, content.checks, now)),
      ...(await publishRegister(tx, content.systems, now)),
      ...(await publishRules(tx, content.rules, now)),
      ...(await publishGlossary(tx, content.glossary)),
      ...(await publishRequirements(tx, content.requirements, now)),
      ...(await publishCases(tx, content.cases, now)),
    ];
    for (const { subjectType, subjectId } of published)
      if (subjectType === "module") entries.push(...(await applyChange(tx, subjectId, now)).entries);
    entries.push(...(await retrainForPolicies(tx, policiesIn(published), now)));
    await recordEvents(tx, system, entries, now);
    await indexPassages(tx, now);
  });
}

/** The versions of policies among what was published. */
const policiesIn = (published: readonly AuditEntry[]): string[] =>
  published.filter((entry) => entry.subjectType === "policy").map((entry) => entry.subjectId);
