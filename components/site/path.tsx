import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** The way to this page: all endpoints, the endpoint, and this page. Guests have no list of endpoints. */
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
    <nav
      aria-label="Path"
      className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1 text-caption text-quiet"
    >
      {!isGuest && <Step href={pagePaths.fleet}>Endpoints</Step>}
      {endpoint !== undefined && (
        <Step href={endpoint.href}>
          <span className="font-mono break-all">{endpoint.id}</span>
        </Step>
      )}
      <span aria-current="page" className="min-w-0 text-body break-all text-ink">
        {children}
      </span>
    </nav>
  );
}

function Step({ href, children }: { href: string; children: ReactNode }) {
  return (
    <span className="screen-only flex min-w-0 items-baseline gap-3">
      <a href={href} className={link}>
        {children}
      </a>
      <span aria-hidden>/</span>
    </span>
  );
}
