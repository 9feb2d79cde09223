import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { profileDocument } from "#app/domain/evidence/profile.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Concepts } from "./concepts.tsx";
import { ProfileId } from "./iri.tsx";
import { Patterns } from "./patterns.tsx";
import { Templates } from "./templates.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("xAPI profile"));

const sections = [
  { id: "concepts", name: msg("Concepts") },
  { id: "templates", name: msg("Templates") },
  { id: "patterns", name: msg("Patterns") },
];

/** Open to everybody: it says how statements are made and nothing of what they tell. */
export function loader() {
  return profileDocument;
}

export default function ProfilePage() {
  const t = useT();
  const langOf = useLangOf();
  const { id, prefLabel, definition, versions, concepts, templates, patterns } =
    useLoaderData<typeof loader>();
  const [version] = versions;
  return (
    <div className="pt-4 sm:pt-8">
      <PageHeader
        eyebrow={t("xAPI profile")}
        title={prefLabel.en}
        lead={<span lang={langOf(sourceLanguage)}>{definition.en}</span>}
        lang={langOf(sourceLanguage)}
        actions={
          <ButtonAnchor href="/profile.jsonld" look="secondary">
            JSON-LD
          </ButtonAnchor>
        }
      />
      <dl className="mb-6 grid gap-5 sm:grid-cols-2">
        <Fact term={t("Profile")} value={id} />
        <Fact
          term={t("Version of {{date}}", { date: version?.generatedAtTime.slice(0, 10) })}
          value={version?.id ?? ""}
        />
      </dl>
      <Notice title={t("These addresses are names")}>
        {t(
          "The redirect at w3id.org is not registered yet, so they do not open in a browser. Look them up here, or in the JSON-LD document.",
        )}
      </Notice>
      <nav aria-label={t("On this page")} className="mt-6">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {sections.map(({ id: anchor, name }) => (
            <li key={anchor}>
              <Link to={`#${anchor}`} className="text-accent inline-block py-1 underline underline-offset-4">
                {t(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <ProfileId.Provider value={id}>
        <Concepts concepts={concepts} />
        <Templates templates={templates} />
        <Patterns patterns={patterns} />
      </ProfileId.Provider>
    </div>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{term}</dt>
      <dd className="mt-0.5 font-mono text-sm wrap-anywhere">{value}</dd>
    </div>
  );
}
