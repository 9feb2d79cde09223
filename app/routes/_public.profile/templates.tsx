import { Card } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { TemplateRule } from "#app/domain/evidence/profile-rule.ts";
import type { StatementTemplate } from "#app/domain/evidence/profile-template.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { msg } from "#app/i18n/translate.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import { anchorOf, Iri } from "./iri.tsx";

export function Templates({ templates }: { templates: StatementTemplate[] }) {
  const t = useT();
  return (
    <section className="mt-10">
      <h2 id="templates" className="mb-1 text-xl">
        {t("Templates")}
      </h2>
      <p className="text-muted mb-4">
        {t("One for every kind of statement. Verb and type of the object tell which it is.")}
      </p>
      <div className="space-y-4">
        {templates.map((template) => (
          <Template key={template.id} template={template} />
        ))}
      </div>
    </section>
  );
}

function Template({ template }: { template: StatementTemplate }) {
  const t = useT();
  const lang = useLangOf()(sourceLanguage);
  const { id, prefLabel, definition, verb, objectActivityType, rules } = template;
  return (
    <Card as="article" id={anchorOf(id)} className="target:border-accent scroll-mt-4">
      <h3 lang={lang} className="text-lg">
        {prefLabel.en}
      </h3>
      <Iri iri={id} />
      <p lang={lang} className="mt-2">
        {definition.en}
      </p>
      <dl className="my-4 grid gap-3 sm:grid-cols-2">
        <div>
          <dt className="text-muted text-sm">{t("Verb")}</dt>
          <dd>
            <Iri iri={verb} />
          </dd>
        </div>
        <div>
          <dt className="text-muted text-sm">{t("Type of the object")}</dt>
          <dd>
            <Iri iri={objectActivityType} />
          </dd>
        </div>
      </dl>
      <details>
        <summary className="cursor-pointer py-1 text-sm font-semibold">
          {t("{{count}} rules", { count: rules.length })}
        </summary>
        <div className="mt-2">
          <Table
            caption={t("Rules of {{template}}", { template: prefLabel.en })}
            head={
              <>
                <Th>{t("Where")}</Th>
                <Th>{t("Demand")}</Th>
                <Th>{t("Note")}</Th>
              </>
            }
          >
            {rules.map((rule) => (
              <tr key={JSON.stringify(rule)}>
                <Td className="min-w-48">
                  <code className="text-xs wrap-anywhere">{rule.location}</code>
                </Td>
                <Td className="min-w-40">
                  <Demand rule={rule} />
                </Td>
                <Td className="min-w-40">
                  <span lang={lang}>{rule.scopeNote?.en}</span>
                </Td>
              </tr>
            ))}
          </Table>
        </div>
      </details>
    </Card>
  );
}

function Demand({ rule }: { rule: TemplateRule }) {
  const t = useT();
  const lang = useLangOf()(sourceLanguage);
  const values = [
    [msg("one of {{values}}"), rule.any],
    [msg("only {{values}}"), rule.all],
    [msg("none of {{values}}"), rule.none],
  ] as const;
  return (
    <>
      {rule.presence ? <p lang={lang}>{rule.presence}</p> : null}
      {values.map(([words, list]) =>
        list ? (
          <p key={words} className="wrap-anywhere">
            {t(words, { values: list.map(String).join(", ") })}
          </p>
        ) : null,
      )}
    </>
  );
}
