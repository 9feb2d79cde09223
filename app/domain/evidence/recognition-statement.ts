import { extensions } from "./profile-concept.ts";
import {
  activityTypes,
  buildStatement,
  type Stamp,
  type Statement,
  type StatementContext,
} from "./statement.ts";

/** Where a record of an earlier system came from. `sha256` is that of the file it was imported with. */
export type Provenance = { system: string; reference: string; sha256: string; row: number };

/**
 * A person's competence in a requirement was recognised without the training: on the basis named, or by a record of an
 * earlier system, whose `at` is then and not the time of its import.
 */
export function recognised(
  who: StatementContext,
  input: Stamp & {
    requirement: { slug: string; title: string };
    registration: string;
    basis: string;
    expiresAt: Date;
    provenance?: Provenance;
  },
): Statement {
  const { requirement, basis, expiresAt, provenance } = input;
  return buildStatement(who, {
    id: input.id,
    at: input.at,
    verb: "recognised",
    registration: input.registration,
    object: {
      path: ["requirements", requirement.slug],
      type: activityTypes.requirement,
      name: requirement.title,
    },
    result: { completion: true },
    extensions: {
      [extensions.basis]: basis,
      [extensions.validUntil]: expiresAt.toISOString(),
      ...(provenance ? { [extensions.provenance]: provenance } : {}),
    },
  });
}
