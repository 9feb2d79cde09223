import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { coverageAt } from "#app/domain/effectiveness/coverage-series.server.ts";
import { onBothEngines } from "./database.ts";
import { type FakeSmtp, startSmtp } from "./fakes/smtp.ts";
import { plusDays } from "./year/calendar.ts";
import { checkpoint, present, type Seen } from "./year/checkpoint.ts";
import { script } from "./year/script.ts";
import { World } from "./year/world.ts";

const first = "2027-03-01";
const last = "2028-03-05";

const folder = mkdtempSync(join(tmpdir(), "clause7-year-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

onBothEngines("a year of an organisation", (database) => {
  let world: World;
  let smtp: FakeSmtp;
  const seen: Seen[] = [];

  beforeAll(async () => {
    smtp = await startSmtp();
    world = new World(database.db, smtp, join(folder, database.engine));
  });
  afterAll(() => smtp.close());

  it("is on every day as the rules say", { timeout: 600_000 }, async () => {
    for (let day = first; day <= last; day = plusDays(day, 1)) {
      for (const [i, happening] of (script[day] ?? []).entries()) {
        world.clock = new Date(Date.parse(`${day}T09:00:00Z`) + i * 60_000);
        await happening(world);
      }
      // In office hours of all places.
      world.clock = new Date(`${day}T15:00:00Z`);
      await world.work();
      if (plusDays(day, 1).endsWith("-01") || day === last) {
        world.clock = new Date(`${day}T23:59:59Z`);
        seen.push(await checkpoint(world));
      }
    }
  });

  it("is remembered as it was seen then", async () => {
    const then = await coverageAt(
      database.db,
      {},
      seen.map((one) => one.at),
    );
    for (const [i, { at, counts }] of seen.entries())
      for (const [slug, count] of Object.entries(counts))
        expect(present(then.get(slug)?.[i]), `${slug} at ${at.toISOString()}`).toEqual(count);
  });
});
