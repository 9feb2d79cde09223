import { Link, Outlet } from "@remix-run/react";
import { Brand } from "#app/components/brand.tsx";
import { LanguageChoice } from "#app/components/language-choice.tsx";
import { languages } from "#app/domain/content/language.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";

export default function PublicShell() {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="flex min-h-screen flex-col">
      <header className="mx-auto flex w-full max-w-5xl items-center px-6 py-5">
        <Link to="/" aria-label={t("Clause7, home")}>
          <Brand />
        </Link>
      </header>
      <main id="main" className="mx-auto w-full max-w-5xl flex-1 px-6 pb-16">
        <Outlet />
      </main>
      <footer className="mx-auto flex w-full max-w-5xl justify-center px-6 py-6">
        <LanguageChoice languages={languages} shown={language} />
      </footer>
    </div>
  );
}
