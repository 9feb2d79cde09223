import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { ButtonLink } from "./ui/button.tsx";

/** A way to another page of a list, and what it is called. */
type Way = { to: string; words: string };

/** The ways from one page of a list to others, `back` to its beginning and `on` to its end; nothing where there are none. */
export function PageLinks({ back, on }: { back: Way | null; on: Way | null }) {
  const t = useT();
  if (back === null && on === null) return null;
  return (
    <nav aria-label={t("Pages")} className="mt-6 flex flex-wrap justify-between gap-4">
      {back === null ? (
        <span />
      ) : (
        <ButtonLink look="secondary" to={back.to}>
          <Glyph name="left" /> {back.words}
        </ButtonLink>
      )}
      {on === null ? null : (
        <ButtonLink look="secondary" rel="next" to={on.to}>
          {on.words} <Glyph name="right" />
        </ButtonLink>
      )}
    </nav>
  );
}

/** The ways between the numbered pages of a list whose length is not counted. */
export function NumberedPageLinks({
  page,
  more,
  to,
}: {
  page: number;
  more: boolean;
  to: (page: number) => string;
}) {
  const t = useT();
  return (
    <PageLinks
      back={page > 1 ? { to: to(page - 1), words: t("Earlier in the list") } : null}
      on={more ? { to: to(page + 1), words: t("Further down the list") } : null}
    />
  );
}
