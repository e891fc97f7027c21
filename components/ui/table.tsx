import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A table with hairlines. If it is wider than the page, it scrolls on its own, by keyboard too. */
export function Table({ label, head, children }: { label: string; head: ReactNode; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-[0.875rem] sm:text-body">
        <thead className="text-caption text-quiet">
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

type CellProps = {
  isNumber?: boolean;
  /** Hidden on pages as narrow as a phone. */
  isMinor?: boolean;
  children: ReactNode;
};

export function HeaderCell({ isNumber = false, isMinor = false, children }: CellProps) {
  return (
    <th
      scope="col"
      className={clsx(
        "pr-4 pb-2 whitespace-nowrap last:pr-0 sm:pr-6",
        isNumber && "text-right",
        isMinor && "max-sm:hidden",
      )}
    >
      {children}
    </th>
  );
}

export function Cell({ isNumber = false, isMinor = false, children }: CellProps) {
  return (
    <td
      className={clsx(
        "border-t border-line py-2 pr-4 align-top last:pr-0 sm:pr-6",
        isNumber && "text-right whitespace-nowrap",
        isMinor && "max-sm:hidden",
      )}
    >
      {children}
    </td>
  );
}
