import { Form, useSubmit } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { languageNames } from "#app/domain/content/language.ts";
import { aiRoles } from "#app/domain/people/ai-role.ts";
import { msg } from "#app/i18n/translate.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { PreviewPage } from "./route.tsx";

type Shown = Extract<PreviewPage, { fault: null }>;

const roleNames: Record<(typeof aiRoles)[number], string> = {
  producer: msg("Producer"),
  provider: msg("Provider"),
  deployer: msg("Deployer"),
  partner: msg("Partner"),
};

/** What to show, to whom, and in which language. */
export function ChooseForm({ page }: { page: Shown }) {
  const { wanted, lessons, items, audiences, languages, systems } = page;
  const submit = useSubmit();
  const t = useT();
  const langOf = useLangOf();
  return (
    <Form
      method="get"
      preventScrollReset
      onChange={(event) => submit(event.currentTarget, { preventScrollReset: true })}
      className="bg-surface border-line grid items-end gap-4 rounded-2xl border p-4 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr_auto]"
    >
      <Select label={t("Part")} name="show" key={wanted.show} defaultValue={wanted.show}>
        <optgroup label={t("Lessons")}>
          {lessons.map(({ id, title }) => (
            <option key={id} lang={langOf("en")} value={`lesson:${id}`}>
              {title}
            </option>
          ))}
        </optgroup>
        <optgroup label={t("Items")}>
          {items.map(({ id, title }) => (
            <option key={id} lang={langOf("en")} value={`item:${id}`}>
              {id}: {title}
            </option>
          ))}
        </optgroup>
      </Select>
      <Select label={t("Audience")} name="audience" defaultValue={wanted.audience}>
        <option value="">{t("No particular one")}</option>
        {audiences.map((audience) => (
          <option key={audience} value={audience}>
            {audience}
          </option>
        ))}
      </Select>
      <Select label={t("AI role")} name="role" defaultValue={wanted.role}>
        <option value="">{t("No particular one")}</option>
        {aiRoles.map((role) => (
          <option key={role} value={role}>
            {t(roleNames[role])}
          </option>
        ))}
      </Select>
      <Select label={t("Language")} name="language" defaultValue={wanted.language}>
        {Object.entries(languageNames).map(([language, name]) => (
          <option key={language} value={language}>
            {languages.some((one) => one === language)
              ? name
              : t("{{language}} (not translated)", { language: name })}
          </option>
        ))}
      </Select>
      {systems.length > 0 ? (
        <div className="sm:col-span-2 lg:col-span-4">
          <Select
            label={t("AI system")}
            name="system"
            key={wanted.system}
            defaultValue={wanted.system ?? ""}
            hint={t("The module names the system its learners oversee.")}
          >
            <option value="">{t("None: its placeholders are shown")}</option>
            {systems.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      <Button look="secondary">{t("Show")}</Button>
    </Form>
  );
}
