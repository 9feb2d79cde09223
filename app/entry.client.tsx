import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { loadCatalogues } from "./i18n/catalogues.client.ts";
import { dataOfPage } from "./page-data.client.ts";

// Texts come first: a page that came to life in English would differ from what the server sent.
void Promise.allSettled([loadCatalogues(document.documentElement.lang), dataOfPage(RemixBrowser)]).finally(
  () =>
    startTransition(() => {
      hydrateRoot(
        document,
        <StrictMode>
          <RemixBrowser />
        </StrictMode>,
      );
    }),
);
