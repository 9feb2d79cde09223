import { Form, Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { type BoardFilter, filterQuery, horizons } from "#app/domain/competence/board.ts";
import { periodStateNames, periodStates } from "#app/domain/competence/period-state.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { slugName } from "#app/components/slug-name.ts";
import { useBoardAddress } from "./address.ts";
import type { loader } from "./route.tsx";

/** The form that narrows the board, and what it is narrowed to, each part of which can be taken away. */
export function Filters() {
  const t = useT();
  const { filter, choices, place } = useLoaderData<typeof loader>();
  return (
    <div className="mb-8 space-y-4">
      <Form
        // Drawn anew for each filter, so that the fields say what the page shows.
        key={filterQuery(filter)}
        role="search"
        aria-label={t("Board")}
        className="grid grid-cols-2 items-end gap-x-3 gap-y-4 lg:grid-cols-[minmax(12rem,1.4fr)_1fr_1fr_1.2fr_1fr_auto]"
      >
        <div className="col-span-2 lg:col-span-1">
          <TextField
            label={t("Search")}
            name="q"
            type="search"
            maxLength={100}
            defaultValue={filter.q ?? ""}
            placeholder={t("Name or e-mail")}
          />
        </div>
        <Select label={t("Department")} name="department" defaultValue={filter.department ?? ""}>
          <option value="">{t("All")}</option>
          {choices.departments.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select label={t("Audience")} name="audience" defaultValue={filter.audience ?? ""}>
          <option value="">{t("All")}</option>
          {choices.audiences.map((name) => (
            <option key={name} value={name} lang="en">
              {slugName(name)}
            </option>
          ))}
        </Select>
        <Select label={t("Requirement")} name="requirement" defaultValue={filter.requirement ?? ""}>
          <option value="">{t("All")}</option>
          {choices.requirements.map(({ slug, title }) => (
            <option key={slug} value={slug} lang="en">
              {title}
            </option>
          ))}
        </Select>
        <Select label={t("Status")} name="status" defaultValue={filter.status ?? ""}>
          <option value="">{t("All")}</option>
          {periodStates.map((state) => (
            <option key={state} value={state}>
              {t(periodStateNames[state])}
            </option>
          ))}
        </Select>
        <Button look="secondary" className="col-span-2 lg:col-span-1">
          {t("Show")}
        </Button>
        {filter.team ? <input type="hidden" name="team" value={filter.team} /> : null}
        {Object.entries(place).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <MoreFilters />
      </Form>
      <InForce />
    </div>
  );
}

function MoreFilters() {
  const t = useT();
  const { filter, choices, team } = useLoaderData<typeof loader>();
  const { location, employment, manager, expiring, due } = filter;
  const used = [location, employment, manager, expiring, due].some((one) => one !== null);
  const within = horizons.map((days) => (
    <option key={days} value={days}>
      {t("{{days}} days", { days })}
    </option>
  ));
  return (
    <details open={used} className="col-span-full">
      <summary className="text-accent inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold">
        {t("More filters")}
      </summary>
      <div className="mt-2 grid grid-cols-2 items-end gap-x-3 gap-y-4 lg:grid-cols-5">
        <Select label={t("Location")} name="location" defaultValue={location ?? ""}>
          <option value="">{t("All")}</option>
          {choices.locations.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select label={t("Employment")} name="employment" defaultValue={employment ?? ""}>
          <option value="">{t("All")}</option>
          {choices.employments.map((name) => (
            <option key={name} value={name} lang="en">
              {slugName(name)}
            </option>
          ))}
        </Select>
        <Select label={t("Expires within")} name="expiring" defaultValue={expiring ?? ""}>
          <option value="">{t("Any time")}</option>
          {within}
        </Select>
        <Select label={t("Due within")} name="due" defaultValue={due ?? ""}>
          <option value="">{t("Any time")}</option>
          {within}
        </Select>
        {team ? null : (
          <div className="col-span-2 lg:col-span-1">
            <TextField
              label={t("Team of")}
              name="manager"
              maxLength={100}
              defaultValue={manager ?? ""}
              placeholder={t("Manager’s name or e-mail")}
            />
          </div>
        )}
      </div>
    </details>
  );
}

/** Filters whose value is a name of the content, which is English. */
const inEnglish: ReadonlySet<keyof BoardFilter> = new Set(["audience", "requirement", "employment"]);

function InForce() {
  const t = useT();
  const { filter, choices, narrowed } = useLoaderData<typeof loader>();
  const address = useBoardAddress();
  const nothing = {
    ...Object.fromEntries(Object.keys(filter).map((name) => [name, null])),
    team: filter.team,
  };
  if (!narrowed) return null;
  const title = choices.requirements.find((one) => one.slug === filter.requirement)?.title;
  const words: Record<Exclude<keyof BoardFilter, "team">, string | null> = {
    q: filter.q === null ? null : t("“{{text}}”", { text: filter.q }),
    department: filter.department,
    location: filter.location,
    employment: filter.employment === null ? null : slugName(filter.employment),
    manager: filter.manager === null ? null : t("Team of {{name}}", { name: filter.manager }),
    expiring: filter.expiring === null ? null : t("Expires within {{days}} days", { days: filter.expiring }),
    due: filter.due === null ? null : t("Due within {{days}} days", { days: filter.due }),
    audience: filter.audience === null ? null : slugName(filter.audience),
    requirement: title ?? filter.requirement,
    status: filter.status === null ? null : t(periodStateNames[filter.status]),
  };
  const names = Object.keys(words) as (keyof typeof words)[];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ul aria-label={t("Filters in force")} className="contents">
        {names
          .filter((name) => words[name] !== null)
          .map((name) => (
            <li key={name} className="max-w-full">
              <Link
                to={address({ [name]: null })}
                className="bg-accent-soft text-accent-ink hover:bg-sunken inline-flex min-h-9 max-w-full items-center gap-2 rounded-full px-3.5 text-sm font-medium"
              >
                <span className="sr-only">{t("Remove filter:")} </span>
                <span className="truncate" lang={inEnglish.has(name) ? "en" : undefined}>
                  {words[name]}
                </span>
                <Glyph name="cross" className="size-3" />
              </Link>
            </li>
          ))}
      </ul>
      <Link
        to={address(nothing)}
        className="text-accent inline-flex min-h-9 items-center px-2 text-sm font-semibold underline-offset-4 hover:underline"
      >
        {t("Clear all")}
      </Link>
    </div>
  );
}
