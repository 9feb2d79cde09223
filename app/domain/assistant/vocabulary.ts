import type { AiSystem } from "../register/ai-system.ts";
import { isFlagged } from "../risk/verdict.ts";
import type { RuleSet } from "../risk/rule-set.ts";
import type { StoredReader } from "../risk/stored-reader.ts";
import type { PurposeReading } from "./purpose-reading.ts";
import { restored } from "./reader-store.ts";

/** All that a text is read with. */
export type Vocabulary = Pick<RuleSet, "purposes" | "lexicon"> &
  PurposeReading & { systems: readonly AiSystem[] };

/** Unpacking a reader takes longer than reading a text with it, so each is unpacked once. */
const unpacked = new WeakMap<StoredReader, ReturnType<typeof restored>>();

/** The vocabulary of a rule set and a register. Purposes of rules for the high-risk and the prohibited class are the careful ones. */
export function vocabularyOf(
  rules: Pick<RuleSet, "purposes" | "lexicon" | "rules" | "reader">,
  systems: readonly AiSystem[],
): Vocabulary {
  const ready = unpacked.get(rules.reader) ?? restored(rules.reader);
  unpacked.set(rules.reader, ready);
  const grave = rules.rules.filter((r) => r.riskClass !== null && isFlagged(r.riskClass));
  const purposesOf = (list: typeof grave): Set<string> => new Set(list.flatMap((r) => r.when.purposes ?? []));
  return {
    purposes: rules.purposes,
    lexicon: rules.lexicon,
    systems,
    ...ready,
    careful: purposesOf(grave),
    forbidden: purposesOf(grave.filter((r) => r.result === "prohibit")),
  };
}
