import { useNavigation } from "@remix-run/react";
import { ResultCard } from "#app/components/result-card.tsx";
import { Button } from "#app/components/ui/button.tsx";
import type { Translate } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { Previewed } from "./route.tsx";

/** What a kind would do, and whether it can be taken back. */
function wordsFor(t: Translate, kind: string, count: number): { what: string; back: string } {
  switch (kind) {
    case "grant_waiver":
      return {
        what: t("This grants {{count}} waivers", { count }),
        back: t("It can be taken back: the waivers then end, and both stay on the record."),
      };
    case "end_waiver":
      return {
        what: t("This ends the waivers of {{count}} periods", { count }),
        back: t("It can be taken back: waivers whose last day is ahead are then granted anew."),
      };
    case "retrain":
      return {
        what: t("This asks again for {{count}} competences", { count }),
        back: t("It can be taken back for those who have not begun by then."),
      };
    case "assign":
      return {
        what: t("This assigns the requirement to {{count}} people", { count }),
        back: t("It can be taken back: what is open then ends, and what was proven stays on the record."),
      };
    default:
      return {
        what: t("This reminds of {{count}} trainings", { count }),
        back: t(
          "Everybody gets one mail at most, at their hours, and none twice a day. What has not been sent can be called back.",
        ),
      };
  }
}

/** What would happen, to how many and to whom first; nothing has happened yet. */
export function Confirm({ previewed: { preview, id, mark, values } }: { previewed: Previewed }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { periods, already, first } = preview;
  const words = wordsFor(t, String(values["kind"]), periods);
  return (
    <ResultCard key={id}>
      <h2 className="text-lg">{words.what}</h2>
      <ul className="mt-3 space-y-1 text-sm">
        {first.map(({ name, requirement }) => (
          <li key={`${name} ${requirement}`}>
            <span className="font-medium">{name}</span> · <span lang="en">{requirement}</span>
          </li>
        ))}
        {periods > first.length ? (
          <li className="text-muted">{t("and {{count}} more", { count: periods - first.length })}</li>
        ) : null}
      </ul>
      {already > 0 ? (
        <p className="mt-3 text-sm">{t("{{count}} of these people have it already.", { count: already })}</p>
      ) : null}
      <p className="text-muted mt-3 text-sm text-pretty">{words.back}</p>
      {/* Part of the form below: what is confirmed is what stands there, or it is refused. */}
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="mark" value={mark} />
      <Button name="step" value="start" disabled={busy} className="mt-4">
        {t("Confirm and begin")}
      </Button>
    </ResultCard>
  );
}
