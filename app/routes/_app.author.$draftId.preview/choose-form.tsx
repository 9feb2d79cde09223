import { Form, useSubmit } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { languageNames } from "#app/domain/content/language.ts";
import { aiRoles } from "#app/domain/people/ai-role.ts";
import type { PreviewPage } from "./route.tsx";

type Shown = Extract<PreviewPage, { fault: null }>;

const roleNames: Record<(typeof aiRoles)[number], string> = {
  producer: "Producer",
  provider: "Provider",
  deployer: "Deployer",
  partner: "Partner",
};

/** What to show, to whom, and in which language. */
export function ChooseForm({ page }: { page: Shown }) {
  const { wanted, lessons, items, audiences, languages } = page;
  const submit = useSubmit();
  return (
    <Form
      method="get"
      preventScrollReset
      onChange={(event) => submit(event.currentTarget, { preventScrollReset: true })}
      className="bg-surface border-line grid items-end gap-4 rounded-2xl border p-4 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr_auto]"
    >
      <Select label="Part" name="show" key={wanted.show} defaultValue={wanted.show}>
        <optgroup label="Lessons">
          {lessons.map(({ id, title }) => (
            <option key={id} value={`lesson:${id}`}>
              {title}
            </option>
          ))}
        </optgroup>
        <optgroup label="Items">
          {items.map(({ id, title }) => (
            <option key={id} value={`item:${id}`}>
              {id}: {title}
            </option>
          ))}
        </optgroup>
      </Select>
      <Select label="Audience" name="audience" defaultValue={wanted.audience}>
        <option value="">No particular one</option>
        {audiences.map((audience) => (
          <option key={audience} value={audience}>
            {audience}
          </option>
        ))}
      </Select>
      <Select label="AI role" name="role" defaultValue={wanted.role}>
        <option value="">No particular one</option>
        {aiRoles.map((role) => (
          <option key={role} value={role}>
            {roleNames[role]}
          </option>
        ))}
      </Select>
      <Select label="Language" name="language" defaultValue={wanted.language}>
        {Object.entries(languageNames).map(([language, name]) => (
          <option key={language} value={language}>
            {name}
            {languages.some((one) => one === language) ? "" : " (not translated)"}
          </option>
        ))}
      </Select>
      <Button look="secondary">Show</Button>
    </Form>
  );
}
