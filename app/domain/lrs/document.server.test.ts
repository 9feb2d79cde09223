import { describe, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { onBothEngines } from "#test/database.ts";
import {
  deleteDocument,
  deleteDocuments,
  documentAt,
  documentIds,
  type DocumentWrite,
  mergeDocument,
  putDocument,
  type SingleAddress,
} from "./document.server.ts";
import { documentKinds, etagOf, type Preconditions } from "./document.ts";
import { keyOf } from "./posting.ts";

const now = new Date("2026-11-23T10:00:00.123Z");
const later = new Date("2026-11-23T10:00:01.456Z");
const registration = "6fa459ea-ee8a-3ca4-894e-db77e160355e";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function address(scope: string, change: Partial<SingleAddress> = {}): SingleAddress {
  return {
    kind: documentKinds.state,
    scope: keyOf(scope),
    registration: null,
    id: "bookmark",
    since: null,
    ...change,
  };
}

const list = (scope: string, change: object = {}) => ({ ...address(scope), id: null, ...change });

const free: Preconditions = { ifMatch: undefined, ifNoneMatch: undefined, version: "1.0.3" };

function json(
  text: string,
  preconditions: Partial<Preconditions> = {},
): DocumentWrite & { limitBytes: number } {
  return {
    contentType: "application/json",
    content: bytes(text),
    preconditions: { ...free, ...preconditions },
    limitBytes: 1_000_000,
  };
}

async function textAt(db: Db, at: SingleAddress): Promise<string | null> {
  const found = await documentAt(db, at);
  return found && new TextDecoder().decode(found.content);
}

onBothEngines("documents (xAPI 1.0.3 part 3 §2.2)", (database) => {
  it("gives back the bytes, the type and the time that were stored", () =>
    database.rolledBack(async (tx) => {
      const content = Uint8Array.from({ length: 256 }, (_, i) => i);
      const contentType = 'Image/PNG; name="\u00e9"';
      await putDocument(tx, address("a"), { contentType, content, preconditions: free }, now);
      const found = await documentAt(tx, address("a"));
      expect(found).toMatchObject({ contentType, etag: etagOf(content), updatedAt: now });
      expect(Uint8Array.from(found?.content ?? [])).toEqual(content);
    }));

  it("stores an empty document", () =>
    database.rolledBack(async (tx) => {
      const empty = { contentType: "text/plain", content: new Uint8Array(), preconditions: free };
      expect(await putDocument(tx, address("a"), empty, now)).toBeNull();
      expect(await textAt(tx, address("a"))).toBe("");
    }));

  it.each(["", "\0", "a\0b", "\ud800", "\u{1f600}\u202e", "x".repeat(10_000), '"', "\\"])(
    "keeps the id %j apart and lists it",
    (id) =>
      database.rolledBack(async (tx) => {
        await putDocument(tx, address("a", { id }), json("1"), now);
        await putDocument(tx, address("a", { id: `${id}.` }), json("2"), later);
        expect(await textAt(tx, address("a", { id }))).toBe("1");
        expect(await documentIds(tx, list("a"))).toEqual({ ids: [id, `${id}.`], updatedAt: later });
      }),
  );

  it("lists what changed after `since` only", () =>
    database.rolledBack(async (tx) => {
      await putDocument(tx, address("a", { id: "1" }), json("1"), now);
      await putDocument(tx, address("a", { id: "2" }), json("1"), later);
      expect((await documentIds(tx, list("a", { since: now }))).ids).toEqual(["2"]);
      expect(await documentIds(tx, list("a", { since: later }))).toEqual({ ids: [], updatedAt: null });
      await mergeDocument(tx, address("a", { id: "1" }), json("{}"), later);
      await putDocument(tx, address("a", { id: "1" }), json("2"), later);
      expect((await documentIds(tx, list("a", { since: now }))).ids.toSorted()).toEqual(["1", "2"]);
    }));

  it("keeps kinds and scopes apart", () =>
    database.rolledBack(async (tx) => {
      await putDocument(tx, address("a"), json("1"), now);
      await putDocument(tx, address("b"), json("2"), now);
      const profile = address("a", { kind: documentKinds.agentProfile });
      await putDocument(tx, profile, json("3", { ifNoneMatch: "*" }), now);
      await deleteDocuments(tx, list("a"), free);
      expect(await textAt(tx, address("a"))).toBeNull();
      expect(await textAt(tx, address("b"))).toBe("2");
      expect(await textAt(tx, profile)).toBe("3");
    }));

  it("merges top-level properties and keeps numbers as they were sent", () =>
    database.rolledBack(async (tx) => {
      await mergeDocument(tx, address("a"), json('{"a":1.0,"b":{"c":1}}'), now);
      await mergeDocument(tx, address("a"), json('{"b":12345678901234567890}'), later);
      expect(await textAt(tx, address("a"))).toBe('{"a":1.0,"b":12345678901234567890}');
      expect((await documentAt(tx, address("a")))?.updatedAt).toEqual(later);
    }));

  it.each([
    ["[]", "application/json", "{}", "application/json", 400],
    ["x", "text/plain", "{}", "application/json", 400],
    ["{}", "application/json", "x", "text/plain", 400],
    [
      `{"a":"${"x".repeat(600_000)}"}`,
      "application/json",
      `{"b":"${"x".repeat(600_000)}"}`,
      "application/json",
      413,
    ],
  ])("refuses to merge %.20s of %s with %.20s of %s", (stored, storedType, posted, postedType, status) =>
    database.rolledBack(async (tx) => {
      await putDocument(tx, address("a"), { ...json(stored), contentType: storedType }, now);
      const fault = await mergeDocument(
        tx,
        address("a"),
        { ...json(posted), contentType: postedType },
        later,
      );
      expect(fault?.status).toBe(status);
      expect(await documentAt(tx, address("a"))).toMatchObject({ contentType: storedType, updatedAt: now });
    }),
  );

  it("changes nothing when a precondition fails", () =>
    database.rolledBack(async (tx) => {
      await putDocument(tx, address("a"), json("1"), now);
      const stale = { ...free, ifMatch: '"stale"' };
      expect(await putDocument(tx, address("a"), json("2", stale), later)).toMatchObject({ status: 412 });
      expect(await mergeDocument(tx, address("a"), json("{}", stale), later)).toMatchObject({ status: 412 });
      expect(await deleteDocument(tx, address("a"), stale)).toMatchObject({ status: 412 });
      expect(await deleteDocuments(tx, list("a"), stale)).toMatchObject({ status: 412 });
      expect(await putDocument(tx, address("a"), json("2", { version: "2.0.0" }), later)).toMatchObject({
        status: 409,
      });
      expect(await documentAt(tx, address("a"))).toMatchObject({ etag: etagOf("1"), updatedAt: now });
    }));

  it("deletes what is there, and what is not", () =>
    database.rolledBack(async (tx) => {
      await putDocument(tx, address("a"), json("1"), now);
      expect(await deleteDocument(tx, address("a"), { ...free, ifMatch: etagOf("1") })).toBeNull();
      expect(await documentAt(tx, address("a"))).toBeNull();
      expect(await deleteDocument(tx, address("a"), free)).toBeNull();
      expect(await deleteDocuments(tx, list("a"), free)).toBeNull();
    }));

  describe("registration (§2.3)", () => {
    const stored = async (tx: Db): Promise<void> => {
      await putDocument(tx, address("a"), json("1"), now);
      await putDocument(tx, address("a", { registration }), json("2"), now);
      await putDocument(tx, address("a", { registration, id: "other" }), json("3"), later);
    };

    it("makes a document of its own", () =>
      database.rolledBack(async (tx) => {
        await stored(tx);
        expect(await textAt(tx, address("a"))).toBe("1");
        expect(await textAt(tx, address("a", { registration }))).toBe("2");
        await deleteDocument(tx, address("a"), free);
        expect(await textAt(tx, address("a"))).toBeNull();
        expect(await textAt(tx, address("a", { registration }))).toBe("2");
      }));

    it("narrows a list only if it is given", () =>
      database.rolledBack(async (tx) => {
        await stored(tx);
        expect((await documentIds(tx, list("a"))).ids).toEqual(["bookmark", "other"]);
        await putDocument(tx, address("a", { id: "third" }), json("4"), now);
        expect((await documentIds(tx, list("a", { registration }))).ids).toEqual(["bookmark", "other"]);
        expect((await documentIds(tx, list("a"))).ids.toSorted()).toEqual(["bookmark", "other", "third"]);
      }));

    it("narrows a deletion only if it is given", () =>
      database.rolledBack(async (tx) => {
        await stored(tx);
        await deleteDocuments(tx, list("a", { registration }), free);
        expect(await textAt(tx, address("a"))).toBe("1");
        await stored(tx);
        await deleteDocuments(tx, list("a"), free);
        expect((await documentIds(tx, list("a"))).ids).toEqual([]);
      }));
  });
});

const twenty = Array.from({ length: 20 }, (_, i) => i);

onBothEngines("documents written at once (§3.1)", (database) => {
  const faults = async (writes: Promise<{ status: number } | null>[]): Promise<(number | null)[]> =>
    (await Promise.all(writes)).map((fault) => fault?.status ?? null);

  it("lets one of twenty writers with the same If-Match win", async () => {
    const at = address("if-match", { kind: documentKinds.agentProfile });
    await putDocument(database.db, at, json("{}", { ifNoneMatch: "*" }), now);
    const ifMatch = `"${etagOf("{}")}"`;
    const results = await faults(
      twenty.map((i) => putDocument(database.db, at, json(`{"winner":${i}}`, { ifMatch }), later)),
    );
    expect(results.filter((status) => status === null)).toHaveLength(1);
    expect(results.filter((status) => status === 412)).toHaveLength(19);
    expect(await textAt(database.db, at)).toBe(`{"winner":${results.indexOf(null)}}`);
  });

  it("lets one of twenty creators win", async () => {
    const at = address("if-none-match", { kind: documentKinds.activityProfile });
    const results = await faults(
      twenty.map((i) => putDocument(database.db, at, json(`${i}`, { ifNoneMatch: "*" }), now)),
    );
    expect(results.filter((status) => status === null)).toHaveLength(1);
    expect(results.filter((status) => status === 412)).toHaveLength(19);
    expect(await textAt(database.db, at)).toBe(`${results.indexOf(null)}`);
  });

  it("lets one of twenty blind writers win where 2.0 forbids to overwrite", async () => {
    const at = address("blind");
    const results = await faults(
      twenty.map((i) => putDocument(database.db, at, json(`${i}`, { version: "2.0.0" }), now)),
    );
    expect(results.filter((status) => status === null)).toHaveLength(1);
    expect(results.filter((status) => status === 409)).toHaveLength(19);
  });

  it("loses nothing of twenty merges, the first of which creates", async () => {
    const at = address("merge");
    const results = await faults(
      twenty.map((i) => mergeDocument(database.db, at, json(`{"p${i}":${i}.0}`), now)),
    );
    expect(results).toEqual(twenty.map(() => null));
    expect(JSON.parse((await textAt(database.db, at)) ?? "")).toEqual(
      Object.fromEntries(twenty.map((i) => [`p${i}`, i])),
    );
  });

  it("refuses nobody who writes and deletes one document without preconditions", async () => {
    const at = address("churn");
    const results = await faults(
      twenty.map((i) =>
        i % 4 === 0
          ? deleteDocument(database.db, at, free)
          : i % 4 === 1
            ? deleteDocuments(database.db, { ...at, id: null }, free)
            : putDocument(database.db, at, json(`${i}`), now),
      ),
    );
    expect(results).toEqual(twenty.map(() => null));
  });
});
