import { expect, it } from "vitest";
import { askLimit } from "#app/http/ask-limit.server.ts";

it("lets each person ask thirty questions in five minutes, then says when to try again", async () => {
  const limit = askLimit();
  for (let i = 0; i < 30; i++) expect(await limit("p-mila")).toBeNull();
  const refused = await limit("p-mila");
  expect(refused?.sentence).toMatch(
    /^You have asked 30 questions within 5 minutes\. Ask again in [45] minutes\.$/,
  );
  expect(refused?.retryAfter).toBeGreaterThan(200);
  expect(refused?.retryAfter).toBeLessThanOrEqual(300);
  expect(await limit("p-dana")).toBeNull();
});

it("counts questions at the same moment, and no refused one", async () => {
  const limit = askLimit({ questions: 3, seconds: 60 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => limit("p-mila")));
  expect(answers.filter((a) => a === null)).toHaveLength(3);
  const refused = answers.find((a) => a !== null);
  expect(refused?.sentence).toMatch(/within 1 minute\. Ask again in \d+ seconds\.$/);
});
