import type { ReactNode } from "react";

/** A part of a page below a hairline: its name in the margin, or above it on narrow pages. */
export function Section({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <section className="margin-grid border-t border-line py-8">
      <h2 className="text-caption text-quiet">{name}</h2>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
