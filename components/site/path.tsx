import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** The way to this page: all endpoints, the endpoint, and this page as the heading. Guests have no list of endpoints. */
export function Path({
  isGuest,
  endpoint,
  children,
}: {
  isGuest: boolean;
  endpoint?: { href: string; id: string };
  children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
      <nav aria-label="Path" className="screen-only contents text-caption text-quiet">
        {!isGuest && <Step href={pagePaths.fleet}>Endpoints</Step>}
        {endpoint !== undefined && (
          <Step href={endpoint.href}>
            <span className="font-mono break-all">{endpoint.id}</span>
          </Step>
        )}
      </nav>
      <h1 className="min-w-0 text-body break-all">{children}</h1>
    </div>
  );
}

function Step({ href, children }: { href: string; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-baseline gap-3">
      <a href={href} className={link}>
        {children}
      </a>
      <span aria-hidden>/</span>
    </span>
  );
}
