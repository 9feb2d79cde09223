import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import type { DraftPage } from "./route.tsx";

/** How a draft goes on: to its second person, from a newer version, or nowhere. */
export function EndForms({ page }: { page: DraftPage }) {
  const { head, newer, mayWrite, check } = page;
  if (!mayWrite) return null;
  return (
    <div className="space-y-6">
      {newer ? (
        <div className="space-y-3">
          <Notice tone="warn" title={`Version ${newer} was published meanwhile`}>
            Take over here what changed there. Then compare with {newer}: what differs from it is what this
            draft changes.
          </Notice>
          <Form method="post">
            <input type="hidden" name="intent" value="take-in" />
            <input type="hidden" name="revision" value={head.revision} />
            <Button look="secondary">Compare with {newer}</Button>
          </Form>
        </div>
      ) : null}
      <div>
        <ButtonLink to={`/author/${head.id}/review`} look={check.fault ? "secondary" : "primary"}>
          See the changes and submit
        </ButtonLink>
      </div>
      <details>
        <summary className="text-muted hover:text-ink flex min-h-11 cursor-pointer items-center text-sm font-medium">
          Withdraw the draft …
        </summary>
        <Form method="post" className="mt-2 space-y-3 text-sm">
          <input type="hidden" name="intent" value="withdraw" />
          <input type="hidden" name="revision" value={head.revision} />
          <p>It ends without being published. Its text stays readable; nobody can write on.</p>
          <Button look="danger">Withdraw it</Button>
        </Form>
      </details>
    </div>
  );
}
