import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A table of hairlines. Where it is wider than the page it scrolls by itself, by keyboard too. */
export function Table({ label, head, children }: { label: string; head: ReactNode; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-body">
        <thead className="text-caption text-quiet">
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function HeaderCell({ isNumber = false, children }: { isNumber?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={clsx("pr-6 pb-2 whitespace-nowrap last:pr-0", isNumber && "text-right")}>
      {children}
    </th>
  );
}

export function Cell({ isNumber = false, children }: { isNumber?: boolean; children: ReactNode }) {
  return (
    <td
      className={clsx(
        "border-t border-line py-2 pr-6 align-top last:pr-0",
        isNumber && "text-right whitespace-nowrap",
      )}
    >
      {children}
    </td>
  );
}
