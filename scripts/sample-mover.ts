import type { Db } from "#db/client.server.ts";
import { importAndAssign } from "#app/domain/competence/person-details.server.ts";
import type { PersonRow } from "#app/domain/people/import.ts";
import { system } from "#app/domain/people/permission.ts";

const day = 86_400_000;
const mover = "p-jakub";
const before = { department: "Product", title: "Product Designer", manager_id: "p-naomi" };

/** People as the file has them, but for one who worked elsewhere when the sample organisation began. */
export const asTheyBegan = (people: readonly PersonRow[]): PersonRow[] =>
  people.map((row) => (row.id === mover ? { ...row, ...before } : row));

/** That one's move: three weeks before anybody recorded it, so that a look back differs in what was known. */
export function moverActs(db: Db, people: readonly PersonRow[], now: Date) {
  const rows = people.filter((row) => row.id === mover);
  const moved = new Date(now.getTime() - 62 * day).toISOString().slice(0, 10);
  return [
    {
      at: new Date(now.getTime() - 41 * day),
      run: (at: Date): Promise<unknown> =>
        importAndAssign(
          db,
          system,
          rows.map((row) => ({ ...row, valid_from: moved })),
          at,
        ),
    },
  ];
}
