import { parseArgs } from "node:util";
import { verifyStore } from "#app/domain/audit/evidence-file.server.ts";
import { reportLines } from "#app/domain/audit/evidence-report.ts";
import { openStore } from "./evidence-store.ts";
import { run, trustedKeys } from "./terminal.ts";

// npm run verify-store [-- --key PUBLIC.pem]: checks every statement, event and seal of the database.
await run(async () => {
  const { values } = parseArgs({ options: { key: { type: "string", multiple: true } } });
  const trusted = trustedKeys(values.key ?? []);
  const store = await openStore();
  try {
    const report = await verifyStore(store.db, new Date(), trusted);
    console.log(reportLines(report, trusted.size > 0).join("\n"));
    return report.fault === null;
  } finally {
    await store.close();
  }
});
