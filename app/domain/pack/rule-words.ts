import type { Condition, Rule } from "../competence/rule.ts";
import { type Attribute, attributeNames } from "../competence/rule-form.ts";
import { type Role, roleNames } from "../people/role.ts";

/** Whom a rule asks, as a sentence of a pack. */
export function ruleWords(rule: Rule): string {
  const groups = rule.any.map((group) => group.all.map(conditionWords).join(" and "));
  return groups.length === 0 ? "nobody" : groups.join("; or else ");
}

function conditionWords(one: Condition): string {
  if ("computerShare" in one) {
    const { atLeast = 0, atMost = 100 } = one.computerShare;
    return `${attributeNames.computerShare}: from ${atLeast} to ${atMost} %`;
  }
  const [attribute, values] = Object.entries(one)[0] as [Attribute, string[]];
  const names = values.map((value) => (attribute === "aimsRole" ? roleNames[value as Role] : value));
  return `${attributeNames[attribute]}: ${names.join(" or ")}`;
}
