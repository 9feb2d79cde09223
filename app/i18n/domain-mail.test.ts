import { expect, it } from "vitest";
import { sendingHours } from "#app/domain/communication/hours.ts";
import { messageStateNames } from "#app/domain/communication/message.ts";
import { noticeTopicNames } from "#app/domain/communication/notice.ts";
import { hoursTexts, messageStateTexts, noticeTopicTexts } from "./domain-mail.ts";

const wrong = [
  { from: "8", until: "x", weekends: true },
  { from: "10:00", until: "10:30", weekends: true },
];

it.each([
  ["states", messageStateTexts, Object.values(messageStateNames)],
  ["topics", noticeTopicTexts, Object.values(noticeTopicNames)],
  [
    "hours",
    hoursTexts,
    wrong.flatMap((one) => sendingHours.safeParse(one).error?.issues.map((issue) => issue.message) ?? []),
  ],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect(listed.toSorted()).toEqual([...new Set(inDomain)].toSorted());
});
