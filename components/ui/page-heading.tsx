import type { ReactNode } from "react";

/** The heading of a page that is not about an endpoint: a sentence, and details below it. */
export function PageHeading({ sentence, children }: { sentence: ReactNode; children?: ReactNode }) {
  return (
    <div className="border-t border-ink pt-8 pb-10">
      <h1 className="max-w-[60rem] text-sentence font-medium tracking-[-0.022em] text-balance break-words">
        {sentence}
      </h1>
      {children !== undefined && <div className="mt-3 max-w-[44rem] text-pretty text-quiet">{children}</div>}
    </div>
  );
}
