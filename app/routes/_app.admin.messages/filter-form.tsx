import { Form, useNavigation } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { messageStateNames, messageStates } from "#app/domain/communication/message.ts";
import type { MessageFilter } from "#app/domain/communication/message-log.ts";
import { noticeTopicNames, noticeTopics } from "#app/domain/communication/notice.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** Narrows the list by the address. */
export function FilterForm({ filter }: { filter: MessageFilter }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { q, topic, state } = filter;
  return (
    <Form
      role="search"
      aria-label={t("Messages")}
      key={`${q}/${topic}/${state}`}
      className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[minmax(12rem,1.5fr)_1fr_1fr_auto]"
    >
      <TextField
        label={t("Search")}
        name="q"
        type="search"
        maxLength={100}
        defaultValue={q}
        placeholder={t("Name, e-mail or subject")}
      />
      <Select label={t("About")} name="topic" defaultValue={topic}>
        <option value="">{t("Any")}</option>
        {noticeTopics.map((one) => (
          <option key={one} value={one}>
            {t(noticeTopicNames[one])}
          </option>
        ))}
      </Select>
      <Select label={t("Status")} name="state" defaultValue={state}>
        <option value="">{t("Any")}</option>
        {messageStates.map((one) => (
          <option key={one} value={one}>
            {t(messageStateNames[one])}
          </option>
        ))}
      </Select>
      <div className="flex flex-wrap gap-3">
        <Button look="secondary" disabled={busy}>
          {t("Show")}
        </Button>
        {q + topic + state === "" ? null : (
          <ButtonLink to="/admin/messages" look="quiet">
            {t("Show all")}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
