import type { ReactNode } from "react";

import { PrintNote } from "./print-note";
import { SiteHeader, type CurrentUser } from "./site-header";

/** What stands around a page. */
export function Site({ currentUser, children }: { currentUser: CurrentUser | null; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-[104rem] px-5 pb-16 sm:px-10">
      <SiteHeader currentUser={currentUser} />
      <PrintNote />
      {children}
    </div>
  );
}
