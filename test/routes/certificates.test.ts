import { randomUUID } from "node:crypto";
import { PDFDocument } from "pdf-lib";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { issueCertificate } from "#app/domain/evidence/certificate.server.ts";
import { loader } from "#app/routes/_app.certificates.$id.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, services } from "#test/door.ts";
import { anOrganisation, aPerson, certificateInput } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-boss", roles: ["employee", "manager"] });
  await aPerson(tx, { id: "p-zofia", name: "Zofia Łuczak", managerId: "p-boss" });
  await aPerson(tx, { id: "p-dana", roles: ["employee", "hr"] });
  await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-admin", roles: ["employee", "admin"] });
  await aPerson(tx, { id: "p-other", roles: ["employee", "manager"] });
  const { id } = await issueCertificate(tx, certificateInput("p-zofia"), now);
  return { id, context: services(tx, now) };
}

onBothEngines("a certificate's file", (database) => {
  it("is a PDF to keep, named after the holder in full", () =>
    database.rolledBack(async (tx) => {
      const { id, context } = await aWorld(tx);
      const headers = { cookie: await cookieFor(context, "p-zofia") };
      const request = new Request(`${context.baseUrl}/certificates/${id}`, { headers });
      const file = await loader({ request, params: { id }, context });
      expect(file.headers.get("content-type")).toBe("application/pdf");
      expect(file.headers.get("content-disposition")).toBe(
        `attachment; filename="AI awareness - Zofia -uczak.pdf"; filename*=UTF-8''AI%20awareness%20-%20Zofia%20%C5%81uczak.pdf`,
      );
      const pdf = await PDFDocument.load(await file.arrayBuffer());
      expect(pdf.getTitle()).toBe("AI awareness: Zofia Łuczak");
    }));

  it("is for the holder, the manager, HR and the auditor", () =>
    database.rolledBack(async (tx) => {
      const { id, context } = await aWorld(tx);
      const get = (as: string | null) => open(loader, context, `/certificates/${id}`, { as, params: { id } });
      for (const as of ["p-zofia", "p-boss", "p-dana", "p-august"])
        expect(await get(as)).toMatchObject({ status: 200 });
      for (const as of ["p-admin", "p-other"]) expect(await get(as)).toMatchObject({ status: 403 });
      expect(await get(null)).toMatchObject({
        status: 302,
        location: `/sign-in?to=${encodeURIComponent(`/certificates/${id}`)}`,
      });
    }));

  it("is not found under another id", () =>
    database.rolledBack(async (tx) => {
      const { context } = await aWorld(tx);
      for (const id of [randomUUID(), "1", "../../etc/passwd"]) {
        const answer = await open(loader, context, "/certificates/x", { as: "p-zofia", params: { id } });
        expect(answer.status).toBe(404);
      }
    }));
});
