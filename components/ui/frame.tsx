import type { ReactNode } from "react";

/** The picture of something that is not there: a dashed frame with words, never an empty bar. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <p className="max-w-[44rem] border-[0.09375rem] border-dashed border-line-strong px-6 py-5 text-body text-pretty">
      {children}
    </p>
  );
}
