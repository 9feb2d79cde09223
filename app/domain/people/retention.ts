import { z } from "zod";

/** Kinds of data that a rule says how long to keep. Those of `deletable` are deleted by the worker when their time is over. */
export const retentionKinds = [
  "sessions",
  "questions",
  "model_use",
  "leaver_answers",
  "leaver_identity",
  "proofs",
  "record",
  "certificates",
  "statements",
  "audit",
] as const;
export type RetentionKind = (typeof retentionKinds)[number];
export const deletable: readonly RetentionKind[] = [
  "questions",
  "model_use",
  "leaver_answers",
  "leaver_identity",
];

const words = z.strictObject({
  en: z.string().min(1),
  de: z.string().min(1),
  fr: z.string().min(1),
  es: z.string().min(1),
});

const rule = z
  .strictObject({
    kind: z.enum(retentionKinds),
    /** Null: as long as the evidence is needed; nothing deletes it by time. */
    days: z.number().int().min(1).nullable(),
    what: words,
    why: words,
    readers: words,
  })
  .refine((one) => one.days !== null || !deletable.includes(one.kind), {
    path: ["days"],
    message: "say after how many days it is deleted",
  })
  .refine((one) => one.days === null || one.kind === "sessions" || deletable.includes(one.kind), {
    path: ["days"],
    message: "evidence is not deleted by time: write null",
  });
export type RetentionRule = z.infer<typeof rule>;

/** `retention.yaml`: one rule for every kind. */
export const retentionFile = z.strictObject({
  rules: z
    .array(rule)
    .refine(
      (all) => retentionKinds.every((kind) => all.filter((one) => one.kind === kind).length === 1),
      `needs one rule for each of: ${retentionKinds.join(", ")}`,
    ),
});

/** Rows of this moment and before have been kept long enough. Null: they stay. */
export function keptUntil(
  rules: readonly Pick<RetentionRule, "kind" | "days">[],
  kind: RetentionKind,
  now: Date,
): Date | null {
  const days = rules.find((one) => one.kind === kind)?.days ?? null;
  return days === null || !deletable.includes(kind) ? null : new Date(now.getTime() - days * 86_400_000);
}
