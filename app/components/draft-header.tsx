import { Link, NavLink } from "@remix-run/react";
import { type DraftStatus, draftStatusNames } from "#app/domain/content/draft.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Badge, PageHeader } from "./ui/surface.tsx";

const tones = { editing: "info", submitted: "warn", published: "good", withdrawn: "neutral" } as const;

/** Where a draft stands, in words and a colour. */
export function DraftBadge({ status }: { status: DraftStatus }) {
  const t = useT();
  return <Badge tone={tones[status]}>{t(draftStatusNames[status])}</Badge>;
}

/** The head of every page of a draft, with the way to the others. */
export function DraftHeader({
  draft,
}: {
  draft: {
    id: string;
    slug: string;
    title: string;
    base: string | null;
    status: DraftStatus;
    version: string | null;
  };
}) {
  const t = useT();
  const langOf = useLangOf();
  const { slug, version, base } = draft;
  const pages = [
    { to: `/author/${draft.id}`, label: t("Parts") },
    { to: `/author/${draft.id}/preview`, label: t("Preview") },
    { to: `/author/${draft.id}/review`, label: t("Changes and publication") },
  ];
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/author" className="underline underline-offset-4">
            {t("Author")}
          </Link>
        }
        title={draft.title}
        lang={langOf("en")}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            <DraftBadge status={draft.status} />
            <span>
              {base === null
                ? version
                  ? t("{{slug}}, version {{version}}, a new module", { slug, version })
                  : t("{{slug}}, a new module", { slug })
                : version
                  ? t("{{slug}}, version {{version}}, from version {{base}}", { slug, version, base })
                  : t("{{slug}}, from version {{base}}", { slug, base })}
            </span>
          </span>
        }
      />
      <nav aria-label={t("Draft")} className="border-line mb-8 border-b">
        <ul className="-mb-px flex flex-wrap gap-x-2">
          {pages.map(({ to, label }) => (
            <li key={to}>
              <NavLink
                to={to}
                end
                className={({ isActive }) =>
                  `flex min-h-11 items-center border-b-2 px-3 text-sm font-semibold ${isActive ? "border-accent text-ink" : "text-muted hover:text-ink border-transparent"}`
                }
              >
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
