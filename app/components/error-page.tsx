import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { ButtonLink } from "./ui/button.tsx";

const words: Record<number, { title: string; text: string }> = {
  403: {
    title: msg("This is not yours to see"),
    text: msg("Your roles do not include this page. If they should, ask your administrator."),
  },
  404: {
    title: msg("Nothing here"),
    text: msg(
      "The page does not exist, or it is not yours to know of. Check the address, or start from home.",
    ),
  },
  405: { title: msg("That cannot be done here"), text: msg("Go back and use the buttons of the page.") },
  413: { title: msg("That was too large"), text: msg("Shorten it and send it again.") },
  429: { title: msg("Too many requests"), text: msg("Wait a minute and try again.") },
};

/** Any error as a full page: what happened, what to do, and for our own faults a number to quote. */
export function ErrorPage({ status, reason }: { status: number; reason: string | null }) {
  const t = useT();
  const known = words[status];
  const reference = /^Reference (\w+)$/.exec(reason ?? "")?.[1];
  return (
    <main id="main" className="mx-auto flex min-h-screen max-w-xl flex-col justify-center px-6 py-16">
      <title>{`${t(known?.title ?? "Something went wrong")} · Clause7`}</title>
      <p className="text-muted font-semibold">{status}</p>
      <h1 className="mt-2 text-3xl">{known ? t(known.title) : t("Something went wrong on our side")}</h1>
      <p className="text-muted mt-4">
        {known
          ? t(known.text)
          : t(
              "What you had saved is safe. Try again; if it happens once more, tell your administrator and quote the reference.",
            )}
      </p>
      {status >= 500 && reason ? (
        <p className="bg-sunken mt-4 rounded-lg px-4 py-2 font-mono text-sm">
          {reference ? t("Reference {{reference}}", { reference }) : reason}
        </p>
      ) : null}
      <div className="mt-8">
        <ButtonLink to="/">{t("Back to home")}</ButtonLink>
      </div>
    </main>
  );
}
