import type { Db } from "#db/client.server.ts";
import type { Language } from "../content/language.ts";
import type { Actor } from "../people/permission.ts";
import { type Signing, signPolicy } from "../policies/signing.server.ts";
import { enrolmentFor } from "./enrolment.server.ts";

/**
 * Acknowledges a policy, for the period of a course when one is named that asks for it, else by itself. See
 * {@link signPolicy}.
 */
export async function signPolicyFor(
  db: Db,
  actor: Actor,
  input: Omit<Parameters<typeof signPolicy>[2], "registration"> & { requirement: string | null },
  now: Date,
  language: Language,
): Promise<Signing | null> {
  const { requirement, ...rest } = input;
  const enrolment = requirement === null ? null : await enrolmentFor(db, actor.id, requirement);
  const asks = enrolment?.module.body.acknowledges.includes(input.slug) === true;
  const registration = asks && enrolment ? enrolment.period.id : null;
  return signPolicy(db, actor, { ...rest, registration }, now, language);
}
