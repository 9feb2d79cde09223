import { type LoaderFunctionArgs } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { languageOf } from "./http/language.server.ts";
import { themeOf } from "./http/theme.server.ts";
import { useNonce } from "./components/nonce.tsx";
import { useHeadingFocus } from "./components/use-heading-focus.ts";
import { useOutcomeFocus } from "./components/use-outcome-focus.ts";
import { ErrorPage } from "./components/error-page.tsx";
import "./tailwind.css";

export async function loader({ request }: LoaderFunctionArgs) {
  return { theme: await themeOf(request), language: await languageOf(request) };
}

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const nonce = useNonce();
  return (
    <html lang={data?.language ?? "en"} data-theme={data?.theme ?? "system"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  useLoaderData<typeof loader>();
  useHeadingFocus();
  useOutcomeFocus();
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error))
    return <ErrorPage status={error.status} reason={typeof error.data === "string" ? error.data : null} />;
  return <ErrorPage status={500} reason={error instanceof Error ? error.message : null} />;
}
