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
  const { identifiedAt = null, reloadedAt = null } = own ?? {};
  useEffect(() => {
    const before = former.current;
    former.current = own;
    if (own === null || before === null) return;
    if (own.reloadedAt !== before.reloadedAt) reloadPage({ atMostEvery: 0 });
    if (own.identifiedAt !== before.identifiedAt) setIsIdentifying(true);
    // Other changes are not requests.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [identifiedAt, reloadedAt, own === null]);
  useEffect(() => {
    if (!isIdentifying) return;
    const timer = setTimeout(() => setIsIdentifying(false), identifiesFor);
    return () => clearTimeout(timer);
  }, [isIdentifying, identifiedAt]);
  return { isIdentifying };
}
