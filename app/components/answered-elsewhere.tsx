import { useT } from "#app/i18n/use-t.tsx";
import { Notice } from "./ui/surface.tsx";

/** Tells beside the explanation of a question that it is of another answer than the one just sent. */
export function AnsweredElsewhere() {
  const t = useT();
  return (
    <div className="mb-4">
      <Notice tone="warn" role="alert">
        {t("This was answered already, in another tab or on another device. The first answer counts.")}
      </Notice>
    </div>
  );
}
