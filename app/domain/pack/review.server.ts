import { and, asc, between, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { managementReview } from "#db/schema/effectiveness.ts";
import { canonicalJson } from "../audit/event.ts";
import { csvHead, csvLines, escaped, page, shown, table } from "./page.ts";
import { namesIn } from "./person-page.server.ts";
import { isWhole } from "./scope.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.review;

/** The management reviews held in the time of the scope, as recorded. They are about all, so only a pack of all has them. */
export async function reviewFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  if (!isWhole(scope)) return [];
  const reviews = await reviewsIn(db, scope);
  if (reviews.length === 0) return [];
  return [
    {
      path: `${folder}/reviews.csv`,
      shows: "Each review: when it was held, over which time, by whom it was recorded, and its SHA-256.",
      async *content() {
        yield csvHead([
          "Review",
          "Held on",
          "From",
          "Until",
          "Attended by",
          "Recorded by",
          "Recorded (UTC)",
          "SHA-256",
        ]);
        yield csvLines(
          reviews.map((one) => [
            one.number,
            one.heldOn,
            one.fromOn,
            one.untilOn,
            one.minutes.attendees,
            one.recordedBy,
            one.recordedAt,
            one.sha256,
          ]),
        );
      },
    },
    ...reviews.flatMap((one, i): PackFile[] => [
      {
        path: `${folder}/review-${one.number}.html`,
        shows: `The minutes of the ${reviews.length} reviews: what was considered, decided, and is to be done.`,
        hidden: i > 0,
        async *content() {
          yield minutesPage(one, await namesIn(db, scope, [one.recordedBy]));
        },
      },
      {
        path: `${folder}/review-${one.number}.json`,
        shows: "The same with all figures, as canonical JSON whose SHA-256 is the one recorded.",
        hidden: i > 0,
        async *content() {
          const { heldOn, figures, minutes } = one;
          yield canonicalJson({ heldOn, figures, minutes });
        },
      },
    ]),
  ];
}

type Review = typeof managementReview.$inferSelect;

function reviewsIn(db: Db, scope: PackOrder["scope"]): Promise<Review[]> {
  return db
    .select()
    .from(managementReview)
    .where(
      and(
        between(managementReview.heldOn, scope.from, scope.until),
        lte(managementReview.recordedAt, new Date(scope.asAt)),
      ),
    )
    .orderBy(asc(managementReview.heldOn), asc(managementReview.number));
}

function minutesPage(one: Review, nameOf: (id: string | null) => string | null): string {
  const { attendees, changes, decisions, actions } = one.minutes;
  const paragraph = (title: string, text: string): string =>
    text === "" ? "" : `<h2>${title}</h2><p>${escaped(text).replaceAll("\n", "<br>")}</p>`;
  return page(
    `Management review ${one.number}`,
    `<p>Held on ${shown(one.heldOn)}, over the time from ${shown(one.fromOn)} to ${shown(one.untilOn)}. Recorded ${shown(one.recordedAt)} by ${shown(nameOf(one.recordedBy))}. SHA-256 <code>${shown(one.sha256)}</code>.</p>
${paragraph("Attended by", attendees)}${paragraph("What changed", changes)}${paragraph("Decisions", decisions)}${table(
      "Actions",
      ["What", "Owner", "By when"],
      actions.map(({ what, owner, on }) => [what, owner, on].map(shown)),
    )}`,
  );
}
