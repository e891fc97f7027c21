import type { ReactNode } from "react";

import { PrintNote } from "./print-note";
import { SiteHeader, type Navigation } from "./site-header";

const content = "content";

/** The frame of every page except the wall. */
export function Site({ navigation, children }: { navigation: Navigation; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-[104rem] px-5 pb-16 sm:px-10">
      <a href={`#${content}`} className="skip-link">
        Skip to the content
      </a>
      <SiteHeader {...navigation} />
      <PrintNote />
      <div id={content} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </div>
  );
}
