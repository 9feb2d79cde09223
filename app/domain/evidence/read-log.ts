/** Where a record was read. */
export const readPlaces = ["record", "certificate", "board", "sample", "pack", "basis"] as const;
export type ReadPlace = (typeof readPlaces)[number];

export const readPlaceNames: Record<ReadPlace, string> = {
  record: "Record",
  certificate: "Certificate",
  board: "Board",
  sample: "Random sample",
  pack: "Audit pack",
  basis: "Proof of competence",
};
