import { useEffect, useState } from "react";

import { keepRedrawing, notePageOutage, redrawPage } from "@/lib/client/page-outage";

/**
 * What a page does that cannot be drawn: it tries again by itself, once, or unattended for ever. Answers with since
 * when it could not be drawn, whether it tries again, and how to try at once.
 */
export function usePageOutage(redraw: () => void, { isUnattended }: { isUnattended: boolean }) {
  const [outage] = useState(() => notePageOutage(Date.now()));
  const most = isUnattended ? Infinity : outage.failures === 1 ? 1 : 0;
  useEffect(() => keepRedrawing(outage, redraw, most), [outage, redraw, most]);
  return { since: outage.since, tries: most > 0, tryNow: () => void redrawPage(redraw) };
}
