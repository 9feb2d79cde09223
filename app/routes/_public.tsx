import { Link, Outlet } from "@remix-run/react";
import { Brand } from "#app/components/brand.tsx";

export default function PublicShell() {
  return (
    <div className="flex min-h-screen flex-col">
      <header className="mx-auto flex w-full max-w-5xl items-center px-6 py-5">
        <Link to="/" aria-label="Clause7, home">
          <Brand />
        </Link>
      </header>
      <main id="main" className="mx-auto w-full max-w-5xl flex-1 px-6 pb-16">
        <Outlet />
      </main>
    </div>
  );
}
