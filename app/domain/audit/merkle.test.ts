import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inclusionPath, isIncluded, leafHash, merkleTree } from "./merkle.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => leafHash(`leaf ${i}`));

function grown(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = merkleTree();
  leaves.forEach((leaf) => tree.add(leaf));
  return tree.root();
}

/** The definition of RFC 9162 §2.1.1, word for word. */
function defined(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return createHash("sha256").digest();
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return createHash("sha256")
    .update(Buffer.from([1]))
    .update(defined(leaves.slice(0, k)))
    .update(defined(leaves.slice(k)))
    .digest();
}

describe("the root", () => {
  it("is what the public test vectors of certificate transparency say", () => {
    const inputs = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ].map((text) => leafHash(Buffer.from(text, "hex")));
    expect(hex(grown([]))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(hex(grown(inputs.slice(0, 1)))).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
    expect(hex(grown(inputs))).toBe("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  });

  it("of a tree grown leaf by leaf is that of the definition, for every size up to 200", () => {
    const leaves = leavesOf(200);
    const tree = merkleTree();
    for (let size = 0; size <= leaves.length; size++) {
      expect(hex(tree.root()), `size ${size}`).toBe(hex(defined(leaves.slice(0, size))));
      expect(tree.size()).toBe(size);
      if (size < leaves.length) tree.add(leaves[size] as Uint8Array);
    }
  });

  it("changes when any leaf is changed, removed, added or moved", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = leavesOf(size);
        const root = hex(grown(leaves));
        const [i, j] = [a % size, b % size];
        const other = leafHash("other");
        const first = leaves[i] as Uint8Array;
        const second = leaves[j] as Uint8Array;
        expect(hex(grown(leaves.with(i, other)))).not.toBe(root);
        expect(hex(grown(leaves.toSpliced(i, 1)))).not.toBe(root);
        expect(hex(grown(leaves.toSpliced(i, 0, other)))).not.toBe(root);
        if (i !== j) expect(hex(grown(leaves.with(i, second).with(j, first)))).not.toBe(root);
      }),
    );
  });
});

describe("a proof of inclusion", () => {
  it("holds for every leaf of every tree up to 200 leaves", () => {
    const leaves = leavesOf(200);
    for (let size = 1; size <= 200; size++) {
      const some = leaves.slice(0, size);
      const root = grown(some);
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(some, index);
        if (!isIncluded(some[index] as Uint8Array, { index, size }, path, root))
          expect.fail(`leaf ${index} of ${size}`);
      }
    }
    expect(isIncluded(leaves[0] as Uint8Array, { index: 0, size: 1 }, [], leaves[0] as Uint8Array)).toBe(
      true,
    );
  });

  it("fails for another leaf, place, path or root", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, bit) => {
        const leaves = leavesOf(size);
        const index = a % size;
        const leaf = leaves[index] as Uint8Array;
        const root = grown(leaves);
        const path = inclusionPath(leaves, index);
        const altered = (bytes: Uint8Array): Uint8Array => {
          const copy = Uint8Array.from(bytes);
          copy[bit % 32] = (copy[bit % 32] as number) ^ (1 << (bit % 8));
          return copy;
        };
        const step = b % path.length;
        const holds = isIncluded;
        expect(holds(leaf, { index, size }, path, root)).toBe(true);
        expect(holds(altered(leaf), { index, size }, path, root)).toBe(false);
        expect(holds(leaf, { index, size }, path, altered(root))).toBe(false);
        const bent = path.with(step, altered(path[step] as Uint8Array));
        expect(holds(leaf, { index, size }, bent, root)).toBe(false);
        expect(holds(leaf, { index, size }, path.toSpliced(step, 1), root)).toBe(false);
        expect(holds(leaf, { index, size }, [...path, leaf], root)).toBe(false);
        if (path.length > 1) expect(holds(leaf, { index, size }, path.toReversed(), root)).toBe(false);
        const elsewhere = b % size;
        if (elsewhere !== index)
          expect(holds(leaf, { index: elsewhere, size }, path, root), `${index} as ${elsewhere}`).toBe(false);
        for (const outside of [-1, size, size + 1])
          expect(holds(leaf, { index: outside, size }, path, root)).toBe(false);
      }),
    );
  });

  it("cannot be made for a leaf that is not there", () => {
    expect(() => inclusionPath(leavesOf(3), 3)).toThrow("there is no leaf 3 among 3");
    expect(() => inclusionPath([], 0)).toThrow("there is no leaf 0 among 0");
  });
});
