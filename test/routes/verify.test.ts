import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { issueCertificate, revokeCertificate } from "#app/domain/evidence/certificate.server.ts";
import type { verificationOf } from "#app/domain/evidence/verification.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { loader } from "#app/routes/_public.verify.$code.tsx";
import { loader as formLoader } from "#app/routes/_public.verify._index.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, services } from "#test/door.ts";
import { anOrganisation, aPerson, certificateInput } from "#test/factories.ts";

const issuedAt = new Date("2026-11-23T10:00:00Z");
const expiresAt = new Date("2027-11-23T10:00:00Z");

async function aCertificate(tx: Db) {
  await anOrganisation(tx);
  const holder = await aPerson(tx, { name: "Zofia Łuczak" });
  return issueCertificate(tx, certificateInput(holder.id, { expiresAt }), issuedAt);
}

type Page = { typed: string; certificate: Awaited<ReturnType<typeof verificationOf>> };
const visit = (tx: Db, code: string, now = issuedAt) =>
  open<Page>(loader, services(tx, now), `/verify/${code}`, { params: { code } });

onBothEngines("the verification page", (database) => {
  it("tells anybody with the code, without signing in, whether it counts, and of the holder the initials", () =>
    database.rolledBack(async (tx) => {
      const { code } = await aCertificate(tx);
      const { status, body } = await visit(tx, code.toLowerCase().replaceAll("-", ""));
      expect(status).toBe(200);
      expect(body.certificate).toEqual({
        status: "valid",
        code,
        title: "AI awareness",
        holder: { initials: "Z. Ł.", name: null },
        score: null,
        organisation: "Aldermoor Instruments",
        moduleVersion: "1.0.0",
        issuedAt,
        expiresAt,
        printedUntil: null,
        endsEarlyBy: null,
        days: { issued: "2026-11-23", last: "2027-11-23", printed: null },
        revokedAt: null,
        revocationCategory: null,
        successor: null,
      });
      expect((await visit(tx, code, expiresAt)).body.certificate?.status).toBe("expired");
    }));

  it("tells that and since when one is revoked, and not why", () =>
    database.rolledBack(async (tx) => {
      const { id, code } = await aCertificate(tx);
      const revokedAt = new Date("2026-12-01T10:00:00Z");
      await revokeCertificate(tx, system, id, "left under a cloud", revokedAt, "requirement");
      const { body } = await visit(tx, code, revokedAt);
      expect(body.certificate).toMatchObject({
        status: "revoked",
        revokedAt,
        revocationCategory: "requirement",
      });
      expect(JSON.stringify(body)).not.toContain("cloud");
    }));

  it("answers 404 to a code nobody was given, and lets one type it again", () =>
    database.rolledBack(async (tx) => {
      await aCertificate(tx);
      for (const code of ["0000-0000-0000-0000-0000", "nonsense", "%27; drop table certificate"]) {
        expect(await visit(tx, code)).toMatchObject({
          status: 404,
          body: { certificate: null, typed: code },
        });
      }
    }));

  it("takes a code however it is typed to its page", () =>
    database.rolledBack(async (tx) => {
      const typed = (search: string) => open(formLoader, services(tx, issuedAt), `/verify${search}`);
      expect(await typed("")).toMatchObject({ status: 200 });
      expect(await typed("?code=+7k3m+qOzt-9wxa+b2cd+efgh+")).toMatchObject({
        status: 302,
        location: "/verify/7K3M-Q0ZT-9WXA-B2CD-EFGH",
      });
      expect(await typed("?code=")).toMatchObject({ status: 422, body: { error: "Type the code first." } });
      expect(await typed("?code=short")).toMatchObject({
        status: 422,
        body: { typed: "short", error: "A code has five groups of four letters and digits." },
      });
    }));
});
