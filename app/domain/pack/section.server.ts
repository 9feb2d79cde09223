import type { Db } from "#db/client.server.ts";
import type { ClauseName, PackFile, PackOrder } from "./section.ts";
import { awarenessFiles } from "./awareness.server.ts";
import { documentFiles } from "./document.server.ts";
import { evidenceFiles } from "./evidence.server.ts";
import { figureFiles } from "./figure.server.ts";
import { literacyFiles, oversightFiles } from "./ai-act.server.ts";
import { peopleFiles } from "./people.server.ts";
import { requirementFiles } from "./requirement.server.ts";
import { sampleFiles } from "./sample-section.server.ts";
import { texasFiles } from "./texas.server.ts";

/**
 * Makes the files of one clause, all under its folder. It answers the same paths whenever it is called for the same order, and
 * reads what the files hold only when their content is asked for: page by page, never all at once.
 */
export type SectionBuilder = (db: Db, order: PackOrder) => Promise<PackFile[]>;

/** Who makes what. Several may serve one clause; one without any says in the index that there is nothing. */
export const sections: readonly { clause: ClauseName; files: SectionBuilder }[] = [
  { clause: "competence", files: requirementFiles },
  { clause: "people", files: peopleFiles },
  { clause: "awareness", files: awarenessFiles },
  { clause: "documents", files: documentFiles },
  { clause: "figures", files: figureFiles },
  { clause: "literacy", files: literacyFiles },
  { clause: "oversight", files: oversightFiles },
  { clause: "texas", files: texasFiles },
  { clause: "samples", files: sampleFiles },
  { clause: "evidence", files: evidenceFiles },
];
