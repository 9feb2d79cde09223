/**
 * What a notice is about: the reader's own training, a policy to acknowledge, a practice, the people of a manager, everybody, or
 * addresses that take no mail (the last two for HR).
 */
export const noticeTopics = ["training", "policy", "practice", "team", "organisation", "address"] as const;
export type NoticeTopic = (typeof noticeTopics)[number];

export const noticeTopicNames: Record<NoticeTopic, string> = {
  training: "Own training",
  policy: "Policies to acknowledge",
  practice: "Practice",
  team: "Team",
  organisation: "Organisation",
  address: "Addresses that take no mail",
};

/**
 * What a reader may switch off. Notices of required training are not among them: who must be competent has to be told in
 * time (ISO/IEC 42001 7.2, 7.4), and an employer may send what the employment requires without asking.
 */
export const switches = ["practice", "early"] as const;
export type Switch = (typeof switches)[number];

/** What a person chose about notices. */
export type NoticeChoice = Record<Switch, boolean>;

/** The switch that a notice obeys; null: none, it is always sent. */
export function switchOf(notice: { topic: NoticeTopic; optional: boolean }): Switch | null {
  if (!notice.optional) return null;
  return notice.topic === "practice" ? "practice" : "early";
}

/** Whether a notice reaches somebody who chose so. */
export function wanted(notice: { topic: NoticeTopic; optional: boolean }, choice: NoticeChoice): boolean {
  const by = switchOf(notice);
  return by === null || choice[by];
}
