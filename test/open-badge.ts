import { z } from "zod";

/*
 * What the JSON schemas of Open Badges 3.0 (1EdTech, 2019-09 dialect) and its revocation list ask of what is served here,
 * in the strict form of the specification: sets are arrays, and nothing empty stands in it (§ Serialization).
 */

const uri = z.url();
/** An array with that type in it. */
const type = (name: string) =>
  z.array(z.string().min(1)).refine((types) => types.includes(name), `no ${name}`);
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);

const identity = z.strictObject({
  type: z.literal("IdentityObject"),
  hashed: z.boolean(),
  identityHash: z.string().min(1),
  identityType: z.enum(["emailAddress", "name"]),
  salt: z.string().min(1).optional(),
});

export const profileShape = z.looseObject({
  id: uri,
  type: type("Profile"),
  name: z.string().min(1),
  url: uri,
});

export const achievementShape = z.looseObject({
  id: uri,
  type: type("Achievement"),
  achievementType: z.literal("Certificate"),
  name: z.string().min(1),
  version: z.string().min(1),
  description: z.string().min(1),
  criteria: z.strictObject({ narrative: z.string().min(1) }),
  resultDescription: z.tuple([
    z.looseObject({
      id: uri,
      type: type("ResultDescription"),
      name: z.string().min(1),
      resultType: z.literal("Percent"),
      valueMin: z.string(),
      valueMax: z.string(),
    }),
  ]),
});

export const credentialShape = z.looseObject({
  "@context": z.tuple(
    [
      z.literal("https://www.w3.org/ns/credentials/v2"),
      z.string().regex(/^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/),
    ],
    uri,
  ),
  id: z.string().regex(/^urn:uuid:/),
  type: type("VerifiableCredential").and(type("OpenBadgeCredential")),
  name: z.string().min(1),
  issuer: profileShape,
  validFrom: moment,
  validUntil: moment,
  credentialSubject: z.looseObject({
    id: uri,
    type: type("AchievementSubject"),
    identifier: z.array(identity).min(1),
    achievement: achievementShape,
    result: z
      .array(
        z.looseObject({ type: type("Result"), resultDescription: uri, value: z.string().regex(/^\d{1,3}$/) }),
      )
      .min(1)
      .optional(),
  }),
  evidence: z.array(z.looseObject({ id: uri, type: type("Evidence"), name: z.string() })).min(1),
  credentialStatus: z.strictObject({ id: uri, type: z.literal("1EdTechRevocationList") }),
  credentialSchema: z
    .array(
      z.strictObject({
        id: z.literal(
          "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
        ),
        type: z.literal("1EdTechJsonSchemaValidator2019"),
      }),
    )
    .min(1),
});

export const revocationListShape = z.strictObject({
  id: uri,
  issuer: uri,
  revokedCredential: z
    .array(
      z.strictObject({
        id: z.string().regex(/^urn:uuid:/),
        revoked: z.literal(true),
        revocationReason: z.string().min(1),
      }),
    )
    .min(1)
    .optional(),
});
