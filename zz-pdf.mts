import { writeFileSync } from "node:fs";
import { certificatePdf } from "./app/domain/evidence/certificate-pdf.server.ts";
const c = { holderName: "Dr.-Ing. Maximiliane Freifrau von und zu Ötzbach-Großmühlenstädt-Weißenfels-Übelacker", title: "AI awareness for everyone", organisation: "Aldermoor Instruments", moduleVersion: "1.0.0", scorePercent: 92, issuedAt: new Date("2026-11-23T10:00:00Z"), expiresAt: new Date("2027-11-23T10:00:00Z"), code: "7K3M-Q0ZT-9WXA-B2CD-EFGH", status: "revoked" as const };
const p = "/verify/7K3M-Q0ZT-9WXA-B2CD-EFGH";
writeFileSync("/tmp/proof/long.pdf", await certificatePdf(c, `https://learning.${"competence-and-awareness.".repeat(3)}aldermoor.example/tools/clause7${p}`));
writeFileSync("/tmp/proof/short.pdf", await certificatePdf({ ...c, holderName: "Mila Janssen", status: "valid" }, "https://learn.example" + p));
