import { expect, it } from "vitest";
import { slugName } from "./slug-name.ts";

it.each([
  ["ai-policy", "AI policy"],
  ["third-party-ai-procedure", "Third party AI procedure"],
  ["acceptable-use-policy", "Acceptable use policy"],
  ["hr-recruiting", "HR recruiting"],
  ["aims-roles", "AIMS roles"],
])("%s: %s", (slug, name) => expect(slugName(slug)).toBe(name));
