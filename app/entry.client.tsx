import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { loadCatalogues } from "./i18n/catalogues.client.ts";

// Texts come first: a page that came to life in English would differ from what the server sent.
void loadCatalogues(document.documentElement.lang).finally(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  }),
);
