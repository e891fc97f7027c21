import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";
import { toFleetQuery, type FleetChoice } from "@/lib/domain/fleet-choice";

import type { ChangeChoice } from "./use-fleet-choice";

/** A link to the list with `part` of the choice changed. With scripts the page stays and only the list changes. */
export function ChoiceLink({
  choice,
  change,
  part,
  isCurrent,
  className,
  children,
}: {
  choice: FleetChoice;
  change: ChangeChoice;
  part: Partial<FleetChoice>;
  isCurrent?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <a
      href={`${pagePaths.fleet}${toFleetQuery({ ...choice, ...part })}`}
      aria-current={isCurrent === true ? "true" : undefined}
      className={className}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        change(part);
      }}
    >
      {children}
    </a>
  );
}
