import { useEffect, useRef, useState } from "react";
import { Glyph } from "#app/components/glyph.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** Seconds left at which those who do not see the clock are told. */
const calls = [300, 60];

/**
 * The time left by the server's clock, counted on in the browser. `onEnd` is called once when it is over. It stays in sight
 * where the window is high enough; what gets the focus comes to stand below it.
 */
export function Clock({ seconds, onEnd }: { seconds: number; onEnd: () => void }) {
  const t = useT();
  const [left, setLeft] = useState(seconds);
  /** The call that was made last, in seconds. */
  const [said, setSaid] = useState<number | null>(null);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  }, [onEnd]);
  useEffect(() => {
    const deadline = Date.now() + seconds * 1000;
    let before = seconds;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.round((deadline - Date.now()) / 1000));
      const call = calls.find((at) => before > at && now <= at);
      if (call) setSaid(call);
      before = now;
      setLeft(now);
      if (now === 0) {
        clearInterval(timer);
        end.current();
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  const low = left <= 300;
  return (
    <div className="clock-bar bg-canvas -mx-4 mb-3 flex px-4 py-2 sm:mx-0 sm:px-0">
      <p
        className={`flex items-center gap-2 rounded-full px-3 py-1 text-sm font-semibold tabular-nums ${low ? "bg-warn-soft text-warn-ink" : "bg-sunken text-ink"}`}
      >
        <Glyph name="clock" />
        {low
          ? t("{{time}} left", { time: clockTime(left) })
          : t("{{minutes}} min left", { minutes: Math.ceil(left / 60) })}
        <span role="status" className="sr-only">
          {said === null ? "" : t("{{count}} minutes left.", { count: said / 60 })}
        </span>
      </p>
    </div>
  );
}

function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
