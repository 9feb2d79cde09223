import { createPublicKey, type JsonWebKey } from "node:crypto";
import { sha256 } from "../audit/event.ts";
import type { Signer } from "../audit/seal.ts";
import type { CertificateDisplay } from "./certificate.ts";

/** An Open Badges 3.0 credential (1EdTech, final 1.0), before it is signed. */
export type OpenBadge = Record<string, unknown> & {
  id: string;
  issuer: { id: string };
  validFrom: string;
  validUntil: string;
  credentialSubject: Record<string, unknown> & { id: string };
};

/** Addresses of what a badge refers to, below the address people reach the product at. */
export const badgeAddresses = (base: string) => ({
  issuer: `${base}/badges/issuer`,
  keys: `${base}/badges/jwks.json`,
  status: `${base}/badges/status`,
  key: (keyId: string) => `${base}/badges/keys/${keyId}`,
  achievement: (moduleVersionId: string) => `${base}/badges/achievements/${moduleVersionId}`,
  page: (code: string) => `${base}/verify/${code}`,
});

export type BadgeModule = { id: string; version: string; title: string; summary: string; passMark: number };

/** What is achieved: one version of a module, passed. */
export function achievementOf(base: string, module: BadgeModule): Record<string, unknown> & { id: string } {
  const id = badgeAddresses(base).achievement(module.id);
  return {
    id,
    type: ["Achievement"],
    achievementType: "Certificate",
    name: module.title,
    version: module.version,
    description: module.summary,
    criteria: {
      narrative: `Completed the module and passed its assessment with at least ${Math.round(module.passMark * 100)} %.`,
    },
    resultDescription: [
      {
        id: `${id}#result`,
        type: ["ResultDescription"],
        name: "Assessment result",
        resultType: "Percent",
        valueMin: "0",
        valueMax: "100",
      },
    ],
  };
}

/** Who issues badges. */
export function issuerProfile(base: string, organisation: string): Record<string, unknown> & { id: string } {
  return { id: badgeAddresses(base).issuer, type: ["Profile"], name: organisation, url: base };
}

/**
 * The badge of a certificate. The holder's e-mail stands in it as a salted hash, so that only who knows it can compare it;
 * name and result only where the holder shows them. The subject's id differs from badge to badge: two of them cannot be
 * told to be one person's.
 */
export function openBadge(
  base: string,
  input: {
    certificate: { id: string; code: string; scorePercent: number; issuedAt: Date; expiresAt: Date };
    holder: { name: string; email: string };
    display: CertificateDisplay;
    module: BadgeModule;
    organisation: string;
    salt: string;
  },
): OpenBadge {
  const { certificate, holder, display, module, organisation, salt } = input;
  const addresses = badgeAddresses(base);
  const achievement = achievementOf(base, module);
  const page = addresses.page(certificate.code);
  return {
    "@context": [
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
      "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ],
    id: badgeId(certificate.id),
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: module.title,
    issuer: issuerProfile(base, organisation),
    validFrom: seconds(certificate.issuedAt),
    validUntil: seconds(certificate.expiresAt),
    credentialSubject: {
      id: `${page}#holder`,
      type: ["AchievementSubject"],
      identifier: [
        {
          type: "IdentityObject",
          hashed: true,
          identityHash: `sha256$${sha256(holder.email.toLowerCase() + salt)}`,
          identityType: "emailAddress",
          salt,
        },
        ...(display.showName
          ? [{ type: "IdentityObject", hashed: false, identityHash: holder.name, identityType: "name" }]
          : []),
      ],
      achievement,
      ...(display.showScore
        ? {
            result: [
              {
                type: ["Result"],
                resultDescription: `${achievement.id}#result`,
                value: String(certificate.scorePercent),
              },
            ],
          }
        : {}),
    },
    evidence: [{ id: page, type: ["Evidence"], name: "Whether it counts today" }],
    credentialStatus: { id: addresses.status, type: "1EdTechRevocationList" },
    credentialSchema: [
      {
        id: "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
        type: "1EdTechJsonSchemaValidator2019",
      },
    ],
  };
}

export const badgeId = (certificateId: string): string => `urn:uuid:${certificateId}`;

/**
 * The badge as a compact JWS (Open Badges 3.0 §8.2, JSON Web Token proof): the credential is the payload, with the registered
 * claims that repeat its parts. Signed with Ed25519, which the specification permits beside RS256.
 */
export function signedBadge(base: string, badge: OpenBadge, signer: Signer): string {
  const header = { alg: "EdDSA", kid: badgeAddresses(base).key(signer.keyId), typ: "JWT" };
  const numeric = (at: string): number => Math.floor(Date.parse(at) / 1000);
  const payload = {
    ...badge,
    iss: badge.issuer.id,
    jti: badge.id,
    sub: badge.credentialSubject.id,
    nbf: numeric(badge.validFrom),
    exp: numeric(badge.validUntil),
  };
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${Buffer.from(signer.sign(Buffer.from(text))).toString("base64url")}`;
}

/** A public key (SPKI, PEM) as a JSON Web Key (RFC 8037). */
export function jwkOf(base: string, key: { id: string; publicKey: string }): JsonWebKey & { kid: string } {
  const jwk = createPublicKey(key.publicKey).export({ format: "jwk" });
  return { ...jwk, kid: badgeAddresses(base).key(key.id), alg: "EdDSA", use: "sig" };
}

/** To the second, as the claims have it: a verifier compares them. */
const seconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
