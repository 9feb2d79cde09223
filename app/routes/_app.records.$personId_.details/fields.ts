import { z } from "zod";
import { detailsForm, leaveInput, systemRoles } from "#app/domain/competence/person-details.ts";
import { msg } from "#app/i18n/translate.ts";

const id = z.uuid(msg("Open the page again and try once more."));

/** What each form of the page sends. */
export const intents = {
  details: detailsForm.extend({
    /** The new department and the new location that were confirmed, as they were written. */
    newDepartment: z.string().default(""),
    newLocation: z.string().default(""),
  }),
  leave: leaveInput,
  withdraw: z.object({ id }),
  system: z.object({
    system: z.string().min(1, msg("Choose the system.")),
    role: z.enum(systemRoles, msg("Choose what the person does with it.")),
  }),
  end_system: z.object({ id }),
};
