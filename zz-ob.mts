import { readFileSync } from "node:fs";
import Ajv2019 from "ajv/dist/2019.js";
import addFormats from "ajv-formats";
import { achievementOf, issuerProfile, openBadge } from "./app/domain/evidence/badge.ts";
const schema = JSON.parse(readFileSync("/tmp/proof/ob3.json", "utf8"));
const ajv = new Ajv2019.default({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);
const base = "https://learn.example";
const module = { id: "0c5b1f2e-0000-4000-8000-000000000000", version: "1.0.0", title: "AI awareness", summary: "What all should know.", passMark: 0.8 };
for (const display of [{ showName: false, showScore: false }, { showName: true, showScore: true }]) {
  const badge = openBadge(base, { certificate: { id: module.id, code: "7K3M", scorePercent: 92, issuedAt: new Date(), expiresAt: new Date(Date.now() + 1e10) }, holder: { name: "Z", email: "z@x.example" }, display, module, organisation: "Aldermoor", salt: "ab" });
  console.log("credential", validate(badge), validate.errors);
  console.log("with claims", validate({ ...badge, iss: "x", jti: "y", sub: "z", nbf: 1, exp: 2 }), validate.errors);
}
const sub = (name: string) => ajv.compile({ $ref: `${schema.$id}#/$defs/${name}` });
const ach = sub("Achievement"); console.log("achievement", ach({ "@context": [], ...achievementOf(base, module) }), ach.errors);
const prof = sub("Profile"); console.log("profile", prof(issuerProfile(base, "A")), prof.errors);
