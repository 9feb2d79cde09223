import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { loader as csvLoader } from "#app/routes/_app.board[.]csv.ts";
import { loader } from "#app/routes/_app.board/route.tsx";
import { aCourse } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");
type Page = Awaited<ReturnType<typeof loader>>;

async function aWorld(db: Db) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-ines", name: "Inês Carvalho", roles: ["employee", "hr"] });
  await aPerson(db, { id: "p-dana", name: "Dana Okafor", roles: ["employee", "manager"] });
  await aPerson(db, { id: "p-mila", name: "Mila Janssen", managerId: "p-dana", department: "Sales" });
  await aCourse(db, now);
  await db.update(period).set({ startedAt: now }).where(eq(period.personId, "p-mila"));
  return services(db, now);
}

onBothEngines("the board page", (database) => {
  it("is for HR, for managers as far as their team goes, and for nobody else", async () => {
    await database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const page = (as: string | null) => open<Page>(loader, context, "/board", { as });
      const everyone = await page("p-ines");
      expect(everyone.status).toBe(200);
      expect(everyone.body).toMatchObject({ total: 3, team: false, narrowed: false, export: "/board.csv?" });
      const team = await page("p-dana");
      expect(team.body).toMatchObject({ total: 1, team: true, export: null });
      expect(team.body.people.map((p) => p.name)).toEqual(["Mila Janssen"]);
      expect((await page("p-mila")).status).toBe(403);
      expect(await page(null)).toMatchObject({ status: 302, location: "/sign-in?to=%2Fboard" });
    });
  });

  it("takes filters from the address, and leaves out what is none", async () => {
    await database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const page = async (search: string) =>
        (await open<Page>(loader, context, `/board?${search}`, { as: "p-ines" })).body;
      expect((await page("status=in_progress&department=Sales")).people).toMatchObject([
        { name: "Mila Janssen", cells: [{ state: "in_progress" }] },
      ]);
      expect(await page("q=mila&status=&department=")).toMatchObject({
        total: 1,
        export: "/board.csv?q=mila",
      });
      expect(await page("status=competent")).toMatchObject({ total: 0, narrowed: true, people: [] });
      for (const odd of ["status=asleep", "q=%00", `q=${"x".repeat(200)}`, "after=%00", "before=nobody"])
        expect(await page(odd), odd).toMatchObject({ total: 3, narrowed: false });
    });
  });

  it("downloads as CSV for those who may export", async () => {
    await database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const cookie = await cookieFor(context, "p-ines");
      const request = new Request("http://localhost:3000/board.csv?q=mila", { headers: { cookie } });
      const answer = await csvLoader({ request, params: {}, context });
      expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
      expect(answer.headers.get("Content-Disposition")).toContain(
        'attachment; filename="competence-board-2026-11-23.csv"',
      );
      const lines = new TextDecoder("utf-8", { ignoreBOM: true })
        .decode(await answer.arrayBuffer())
        .split("\r\n");
      expect(lines[0]?.startsWith("\uFEFFPerson id")).toBe(true);
      expect(lines[1]).toContain("Mila Janssen");
      expect(lines).toHaveLength(3);
      for (const as of ["p-dana", "p-mila"])
        expect((await open(csvLoader, context, "/board.csv", { as })).status).toBe(403);
    });
  });
});
