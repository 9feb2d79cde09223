/** Why a requirement is not asked of somebody by name. */
export type NamingRefusal = "already" | "requirement_ended" | "left";
