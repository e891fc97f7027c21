import { useEffect, useRef, useState } from "react";

import { reloadPage } from "@/lib/client/reload-page";
import type { OwnScreen } from "@/lib/contract/screen";
import { second, type Duration } from "@/lib/domain/instant";

const identifiesFor: Duration = 10 * second;

/**
 * Carries out what a screen is asked to do from afar: to show its name for 10 s, and to reload. Each is a change of an
 * instant, whatever that is, so that clocks need not agree, and what was asked before the page was loaded is not
 * repeated.
 */
export function useScreenCommands(own: OwnScreen | null): { isIdentifying: boolean } {
  const [isIdentifying, setIsIdentifying] = useState(false);
  const former = useRef(own);
  useEffect(() => {
    const before = former.current;
    former.current = own;
    if (own === null || before === null) return;
    if (own.reloadedAt !== before.reloadedAt) reloadPage({ atMostEvery: 0 });
    if (own.identifiedAt !== before.identifiedAt) setIsIdentifying(true);
  }, [own]);
  useEffect(() => {
    if (!isIdentifying) return;
    const timer = setTimeout(() => setIsIdentifying(false), identifiesFor);
    return () => clearTimeout(timer);
  }, [isIdentifying, own?.identifiedAt]);
  return { isIdentifying };
}
