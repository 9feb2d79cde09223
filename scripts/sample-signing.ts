import type { Db } from "#db/client.server.ts";
import { signPolicyFor } from "#app/domain/competence/policy-signing.server.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import type { WrittenCheck } from "#app/domain/content/policy-check.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";

/**
 * Acknowledges the policies of a course as people do: each with a check after answering it, some after a wrong try; the rest
 * together.
 */
export async function acknowledgeAll(
  db: Db,
  actor: Actor,
  course: { requirement: string; policies: readonly string[] },
  checks: readonly WrittenCheck[],
  random: () => number,
  at: Date,
): Promise<void> {
  const { requirement, policies } = course;
  for (const slug of policies) {
    const shown = await policyToSign(db, actor, slug, at, sourceLanguage);
    if (!shown?.check || shown.acknowledgedAt) continue;
    const written = checks.filter((one) => one.slug === slug).flatMap((one) => one.body.items);
    const answer = (right: boolean): Record<string, string> =>
      Object.fromEntries(
        (shown.check?.items ?? []).map((item) => {
          const options = written.find((one) => one.id === item.id)?.options ?? [];
          const text = options.find((option) => option.correct === right)?.text;
          return [item.id, item.options.find((option) => option.text === text)?.id ?? ""];
        }),
      );
    const input = { slug, versionId: shown.policy.id, requirement, confirmed: true };
    if (random() < 0.2)
      await signPolicyFor(db, actor, { ...input, given: answer(false) }, at, sourceLanguage);
    await signPolicyFor(db, actor, { ...input, given: answer(true) }, at, sourceLanguage);
  }
  await acknowledgePolicies(db, actor, { requirement, policies }, at);
}
