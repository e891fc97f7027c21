import { useEffect, useState } from "react";

import { keepRedrawing, notePageOutage, redrawPage } from "@/lib/client/page-outage";

/**
 * Retries a page that failed to render: once, or without end where no one is there to click. Returns since when it
 * fails, whether it retries, and a function that retries now.
 */
export function usePageOutage(redraw: () => void, { isUnattended }: { isUnattended: boolean }) {
  const [outage] = useState(() => notePageOutage(Date.now()));
  const most = isUnattended ? Infinity : outage.failures === 1 ? 1 : 0;
  useEffect(() => keepRedrawing(outage, redraw, most), [outage, redraw, most]);
  return { since: outage.since, tries: most > 0, tryNow: () => void redrawPage(redraw) };
}
