import { expect, it } from "vitest";
import { policyName } from "./policy-name.ts";

it.each([
  ["ai-policy", "AI policy"],
  ["third-party-ai-procedure", "Third party AI procedure"],
  ["acceptable-use-policy", "Acceptable use policy"],
])("%s: %s", (slug, name) => expect(policyName(slug)).toBe(name));
