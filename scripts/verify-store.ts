import { parseArgs } from "node:util";
import { verifyStore } from "#app/domain/audit/evidence-file.server.ts";
import { reportLines } from "#app/domain/audit/evidence-report.ts";
import { changedReasons } from "#app/domain/evidence/audit-words.server.ts";
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
    const changed = await changedReasons(store.db);
    if (changed.length > 0)
      console.log(`The reason of revocation is not the one that was recorded, of: ${changed.join(", ")}`);
    return report.fault === null && changed.length === 0;
  } finally {
    await store.close();
  }
});
