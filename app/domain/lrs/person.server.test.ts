import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { posting, statement } from "#db/schema/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { namesOf } from "./person.server.ts";
import { keyOf, postingKinds } from "./posting.ts";

const identity = "mbox mailto:ann@example.org";

/** A stored statement that is found by the agent; `via` is another when it only refers to that other. */
async function stored(tx: Db, seq: number, actor: object, { via = seq, filler = "" } = {}): Promise<void> {
  const id = `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
  const body = JSON.stringify({ id, actor, filler });
  const at = new Date(1_000_000 + seq);
  await tx.insert(statement).values({ seq, id, stored: at, voiding: false, size: body.length, body });
  await tx.insert(posting).values({ kind: postingKinds.agent, key: keyOf(identity), seq, via });
}

const ann = (name: string) => ({ name, mbox: "mailto:ann@EXAMPLE.org" });

onBothEngines("names of an agent", (database) => {
  it("are those of its newest statements, the latest first, each once", () =>
    database.rolledBack(async (tx) => {
      await stored(tx, 1, ann("Too old"));
      for (let seq = 2; seq <= 50; seq++) await stored(tx, seq, ann("Ann"));
      await stored(tx, 51, ann("Ann Smith"));
      expect(await namesOf(tx, identity)).toEqual(["Ann Smith", "Ann"]);
    }));

  it("are not taken from what only refers to it, is about others, or is too long", () =>
    database.rolledBack(async (tx) => {
      await stored(tx, 1, ann("Ann"));
      await stored(tx, 2, ann("Referring"), { via: 1 });
      await stored(tx, 3, { name: "Bob", mbox: "mailto:bob@example.org" });
      await stored(tx, 4, ann("Long"), { filler: "x".repeat(70_000) });
      expect(await namesOf(tx, identity)).toEqual(["Ann"]);
    }));

  it("are none for an agent never heard of", () =>
    database.rolledBack(async (tx) => {
      expect(await namesOf(tx, "openid https://example.org/nobody")).toEqual([]);
    }));
});
