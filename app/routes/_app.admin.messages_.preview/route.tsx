import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { MailView } from "#app/components/mail-view.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { mailLanguage } from "#app/domain/communication/mail-text.ts";
import { noticeTopicNames, noticeTopics } from "#app/domain/communication/notice.ts";
import { previewDigest, readerCalled } from "#app/domain/competence/digest-preview.server.ts";
import { languageNames, languages } from "#app/domain/content/language.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Preview a mail"));

const choice = z.object({
  topic: z.enum(noticeTopics).catch("training"),
  language: z.enum(["", ...languages]).catch(""),
  reader: z.string().trim().max(254).catch(""),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const chosen = choice.parse(Object.fromEntries(new URL(request.url).searchParams));
  const reader = await readerCalled(context.db, actor, chosen.reader === "" ? actor.id : chosen.reader);
  if (!reader) {
    const t = await translateFor(request);
    const error = t("Nobody, or more than one, has this name. Write the whole name or the e-mail address.");
    return data({ chosen, error, name: null, mail: null }, { status: 422 });
  }
  const language = chosen.language === "" ? mailLanguage(reader.language) : chosen.language;
  const input = { reader, language, topic: chosen.topic };
  const mail = await previewDigest(context.db, actor, input, context, context.now());
  return data({ chosen, error: undefined, name: reader.name, mail });
}

export default function Preview() {
  const t = useT();
  const { chosen, error, name, mail } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/messages" className="underline underline-offset-4">
            {t("Messages")}
          </Link>
        }
        title={t("Preview a mail")}
        lead={t("As it would read for somebody now. Nothing is written and nothing is sent.")}
      />
      <div className="space-y-6">
        <Card>
          <Form
            noValidate
            className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_minmax(14rem,1.4fr)_auto]"
          >
            <Select label={t("About")} name="topic" defaultValue={chosen.topic}>
              {noticeTopics.map((one) => (
                <option key={one} value={one}>
                  {t(noticeTopicNames[one])}
                </option>
              ))}
            </Select>
            <Select label={t("Language")} name="language" defaultValue={chosen.language}>
              <option value="">{t("That of the reader")}</option>
              {languages.map((one) => (
                <option key={one} value={one} lang={one}>
                  {languageNames[one]}
                </option>
              ))}
            </Select>
            <TextField
              label={t("Reader")}
              name="reader"
              type="search"
              maxLength={254}
              defaultValue={chosen.reader}
              placeholder={t("Name or e-mail; empty: you")}
              error={error}
            />
            <Button disabled={busy}>{t("Show")}</Button>
          </Form>
        </Card>
        {mail ? (
          <>
            {mail.example ? (
              <Notice role="status" title={t("An example")}>
                {t("There is nothing of this to tell {{name}} now, so it is filled with invented facts.", {
                  name: name ?? "",
                })}
              </Notice>
            ) : null}
            <MailView {...mail.digest} />
          </>
        ) : null}
      </div>
    </>
  );
}
