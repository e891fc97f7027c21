"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";

import { useCheckCounts } from "@/lib/client/use-check-counts";
import { belowBase } from "@/lib/contract/base-path";
import type { CheckCounts } from "@/lib/contract/check-counts";
import { pagePaths } from "@/lib/contract/paths";
import { checksText } from "@/lib/presentation/check-words";

export type PageLink = { href: string; word: string };

/** The pages behind a link of the header, which are part of what it leads to. */
const inside: Readonly<Record<string, RegExp>> = {
  [pagePaths.fleet]: /^\/endpoints\//,
  [pagePaths.screens]: /^\/pair$/,
};

/** The links of the header: in one line, or stacked in the menu of a phone. */
export function PageLinks({
  links,
  checks,
  isStacked = false,
}: {
  links: readonly PageLink[];
  checks: CheckCounts | null;
  isStacked?: boolean;
}) {
  const path = usePathname();
  const counts = useCheckCounts(checks);
  return (
    <ul className={isStacked ? "grid" : "flex h-full gap-x-5 text-caption whitespace-nowrap xl:gap-x-7"}>
      {links.map(({ href, word }) => {
        const place =
          path === belowBase(href) ? "page" : inside[href]?.test(path) === true ? "true" : undefined;
        return (
          <li key={href}>
            <a
              href={href}
              aria-current={place}
              {...(href === pagePaths.wall ? { target: "_blank", rel: "noreferrer" } : {})}
              className={clsx(
                "relative my-0 flex h-full items-center py-0 underline-offset-8 hover:text-ink",
                isStacked && "min-h-11",
                place === undefined ? "text-quiet" : "text-ink underline decoration-ink",
              )}
            >
              {word}
              {href === pagePaths.wall && <OwnWindow />}
              {href === pagePaths.doctor && counts !== null && <ChecksMark counts={counts} />}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** The wall fills a window and has no header. */
function OwnWindow() {
  return (
    <>
      <span aria-hidden className="ml-1">
        ↗
      </span>
      <span className="sr-only">(opens a new tab)</span>
    </>
  );
}

/**
 * How many checks fail, or else have a warning: above the end of the word, where no other link is, so that it comes and
 * goes without moving them.
 */
function ChecksMark({ counts: { failing, warnings } }: { counts: CheckCounts }) {
  if (failing + warnings === 0) return null;
  const isFailing = failing > 0;
  return (
    <span
      data-state={isFailing ? "error" : "incomplete"}
      title={checksText({ failing, warnings })}
      className={clsx(
        "absolute top-2 left-full ml-px min-w-4 rounded-xs border border-state px-1 text-center text-[0.75rem] leading-[0.875rem] font-medium",
        isFailing ? "bg-state text-ground" : "bg-ground text-state",
      )}
    >
      <span aria-hidden>{isFailing ? failing : warnings}</span>
      <span className="sr-only">{` (${checksText({ failing, warnings })})`}</span>
    </span>
  );
}
