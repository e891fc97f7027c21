import type { ReactNode } from "react";

/** Stands for a missing picture: a dashed frame that says why, never an empty chart. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <p className="max-w-[44rem] border-[0.09375rem] border-dashed border-line-strong px-6 py-5 text-body text-pretty">
      {children}
    </p>
  );
}
