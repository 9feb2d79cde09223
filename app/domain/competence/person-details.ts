/** Why a person is away; no diagnosis, nothing that HR systems hold. */
export const leaveKinds = ["parental", "sick", "sabbatical", "other"] as const;
export type LeaveKind = (typeof leaveKinds)[number];
