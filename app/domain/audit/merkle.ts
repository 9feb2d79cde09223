import { createHash } from "node:crypto";

/*
 * The Merkle tree of RFC 9162 (which keeps that of RFC 6962): leaves and nodes are hashed under different prefixes, so
 * that a node can never be passed off as a leaf.
 */

/** Hash of a leaf (RFC 9162 §2.1.1). Text is taken as UTF-8. */
export function leafHash(data: string | Uint8Array): Uint8Array {
  return createHash("sha256").update(leafPrefix).update(data).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash("sha256").update(nodePrefix).update(left).update(right).digest();
}

const leafPrefix = new Uint8Array([0]);
const nodePrefix = new Uint8Array([1]);

export type MerkleTree = {
  /** Adds the hash of the next leaf. */
  add(leaf: Uint8Array): void;
  size(): number;
  /** The Merkle Tree Hash of the leaves so far; of none it is the SHA-256 of nothing. */
  root(): Uint8Array;
};

/** A tree that grows leaf by leaf and keeps only the roots of its complete subtrees: one per bit of its size. */
export function merkleTree(): MerkleTree {
  let size = 0;
  /** Left to right; each covers twice as many leaves as the next, or more. */
  const peaks: Uint8Array[] = [];
  return {
    add(leaf) {
      let node = leaf;
      for (let full = size; full % 2 === 1; full = Math.floor(full / 2))
        node = nodeHash(peaks.pop() as Uint8Array, node);
      peaks.push(node);
      size += 1;
    },
    size: () => size,
    root: () =>
      peaks.length === 0
        ? createHash("sha256").digest()
        : peaks.reduceRight((right, left) => nodeHash(left, right)),
  };
}

/** The hashes that lead from one leaf to the root, nearest first (RFC 9162 §2.1.3.1). Throws for an index outside the tree. */
export function inclusionPath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`there is no leaf ${index} among ${leaves.length}`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionPath(left, index), rootOf(right)]
    : [...inclusionPath(right, index - split), rootOf(left)];
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = merkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Whether a path leads from a leaf at its place in a tree of this size to the root (RFC 9162 §2.1.3.2). */
export function isIncluded(
  leaf: Uint8Array,
  place: { index: number; size: number },
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (place.index < 0 || place.index >= place.size) return false;
  let index = place.index;
  let last = place.size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      hash = nodeHash(sibling, hash);
      // At the right edge a node without a sibling rises as it is.
      while (index % 2 === 0 && index !== 0) [index, last] = [index / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  }
  return last === 0 && Buffer.from(hash).equals(root);
}
