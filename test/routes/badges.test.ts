import { generateKeyPairSync } from "node:crypto";
import { compactVerify, createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { sha256 } from "#app/domain/audit/event.ts";
import { signerFor } from "#app/domain/audit/seal.ts";
import { newestModule, publishContent } from "#app/domain/content/publish.server.ts";
import {
  issueCertificate,
  revokeCertificate,
  setCertificateDisplay,
} from "#app/domain/evidence/certificate.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { loader } from "#app/routes/_app.certificates.$id_.badge.ts";
import { loader as achievement } from "#app/routes/badges.achievements.$moduleVersionId.ts";
import { loader as issuer } from "#app/routes/badges.issuer.ts";
import { loader as jwks } from "#app/routes/badges.jwks[.]json.ts";
import { loader as keyOf } from "#app/routes/badges.keys.$keyId.ts";
import { loader as status } from "#app/routes/badges.status.ts";
import { aModule } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, services } from "#test/door.ts";
import { achievementShape, credentialShape, profileShape, revocationListShape } from "#test/open-badge.ts";
import { actorFor, anOrganisation, aPerson, certificateInput } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00.250Z");

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const holder = await aPerson(tx, { id: "p-zofia", name: "Zofia Łuczak", email: "zofia@aldermoor.example" });
  await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"] });
  await publishContent(tx, { modules: [aModule()], policies: [] }, now);
  const moduleVersionId = (await newestModule(tx, "ai-awareness"))?.id ?? "";
  const issued = await issueCertificate(tx, certificateInput(holder.id, { moduleVersionId }), now);
  const signer = signerFor(generateKeyPairSync("ed25519").privateKey);
  const context = services(tx, now, { signer });
  const token = async (): Promise<string> => {
    const headers = { cookie: await cookieFor(context, holder.id) };
    const request = new Request(`${context.baseUrl}/certificates/${issued.id}/badge`, { headers });
    return (await loader({ request, params: { id: issued.id }, context })).text();
  };
  const fetched = async (door: typeof keyOf, path: string, params = {}): Promise<Record<string, unknown>> => {
    const request = new Request(`${context.baseUrl}${path}`);
    return (await (await door({ request, params, context })).json()) as Record<string, unknown>;
  };
  return { holder, issued, context, token, fetched, moduleVersionId };
}

onBothEngines("an Open Badge", (database) => {
  it("is signed by a key that its header leads to, and repeats its parts as claims", () =>
    database.rolledBack(async (tx) => {
      const { issued, token, fetched, moduleVersionId } = await aWorld(tx);
      const badge = await token();
      const keys = createLocalJWKSet((await fetched(jwks, "/badges/jwks.json")) as unknown as JSONWebKeySet);
      const { payload, protectedHeader } = await jwtVerify(badge, keys, { currentDate: now });
      expect(protectedHeader).toMatchObject({ alg: "EdDSA", typ: "JWT" });
      const kid = new URL(protectedHeader.kid ?? "").pathname;
      const jwk = await fetched(keyOf, kid, { keyId: kid.split("/").at(-1) });
      expect(jwk["d"]).toBeUndefined();
      await compactVerify(badge, createLocalJWKSet({ keys: [jwk as never] }));
      const { iss, jti, sub, nbf, exp, ...credential } = payload;
      expect(jti).toBe(`urn:uuid:${issued.id}`);
      expect(credential).toMatchObject({
        "@context": [
          "https://www.w3.org/ns/credentials/v2",
          "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
          "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ],
        id: jti,
        type: ["VerifiableCredential", "OpenBadgeCredential"],
        issuer: await fetched(issuer, "/badges/issuer"),
        validFrom: new Date((nbf ?? 0) * 1000).toISOString().replace(".000", ""),
        validUntil: new Date((exp ?? 0) * 1000).toISOString().replace(".000", ""),
        credentialSubject: { id: sub, type: ["AchievementSubject"] },
        credentialStatus: { type: "1EdTechRevocationList" },
      });
      expect((credential["issuer"] as { id: string }).id).toBe(iss);
      const subject = credential["credentialSubject"] as { achievement: Record<string, unknown> };
      const path = new URL(String(subject.achievement["id"])).pathname;
      expect(await fetched(achievement, path, { moduleVersionId })).toMatchObject(subject.achievement);
    }));

  it("holds the e-mail as a salted hash alone, and name and result only by consent", () =>
    database.rolledBack(async (tx) => {
      const { holder, issued, token } = await aWorld(tx);
      const read = (badge: string): string =>
        Buffer.from(badge.split(".")[1] ?? "", "base64url").toString("utf8");
      const plain = read(await token());
      expect(plain).not.toMatch(/zofia|łuczak|p-zofia|"92"/i);
      expect(plain).not.toContain(holder.pseudonym);
      const [identity] = JSON.parse(plain).credentialSubject.identifier;
      expect(identity.identityHash).toBe(`sha256$${sha256(`zofia@aldermoor.example${identity.salt}`)}`);
      const display = { showName: true, showScore: true };
      await setCertificateDisplay(tx, actorFor(holder), issued.id, display, now);
      const shown = read(await token());
      expect(shown).toContain('"identityHash":"Zofia Łuczak"');
      expect(shown).toContain('"value":"92"');
    }));

  it("has what the schemas of Open Badges 3.0 ask, and so has all it leads to", () =>
    database.rolledBack(async (tx) => {
      const { holder, issued, token, fetched, moduleVersionId } = await aWorld(tx);
      for (const shown of [false, true]) {
        const display = { showName: shown, showScore: shown };
        await setCertificateDisplay(tx, actorFor(holder), issued.id, display, now);
        const payload: unknown = JSON.parse(
          Buffer.from((await token()).split(".")[1] ?? "", "base64url").toString(),
        );
        const { credentialSubject: subject, credentialStatus } = credentialShape.parse(payload);
        expect(subject.identifier.map((one) => one.identityType)).toEqual(
          shown ? ["emailAddress", "name"] : ["emailAddress"],
        );
        expect(subject.result?.map((one) => one.resultDescription)).toEqual(
          shown ? [subject.achievement.resultDescription[0].id] : undefined,
        );
        expect(new URL(credentialStatus.id).pathname).toBe("/badges/status");
        expect(JSON.stringify(payload)).not.toMatch(/:(null|\[\]|"")/);
      }
      profileShape.parse(await fetched(issuer, "/badges/issuer"));
      achievementShape.parse(await fetched(achievement, "/badges/achievements/x", { moduleVersionId }));
      revocationListShape.parse(await fetched(status, "/badges/status"));
      await revokeCertificate(tx, system, issued.id, "issued in error", now, "error");
      const list = revocationListShape.parse(await fetched(status, "/badges/status"));
      expect(list.revokedCredential).toHaveLength(1);
    }));

  it("is for its holder alone, and is listed once revoked, without the reason", () =>
    database.rolledBack(async (tx) => {
      const { issued, context, token, fetched } = await aWorld(tx);
      const path = `/certificates/${issued.id}/badge`;
      const get = (as: string) => open(loader, context, path, { as, params: { id: issued.id } });
      expect(await get("p-hr")).toMatchObject({ status: 403 });
      await token();
      expect((await fetched(status, "/badges/status"))["revokedCredential"]).toBeUndefined();
      await revokeCertificate(tx, system, issued.id, "left under a cloud", now, "conduct");
      const list = await fetched(status, "/badges/status");
      expect(list["revokedCredential"]).toEqual([
        {
          id: `urn:uuid:${issued.id}`,
          revoked: true,
          revocationReason: "The assessment was not taken as it must be",
        },
      ]);
      expect(await get("p-zofia")).toMatchObject({ status: 404 });
    }));
});
