"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";

import { pagePaths } from "@/lib/contract/paths";
import { failingText } from "@/lib/presentation/check-words";

import { StateShape } from "../ui/state-shape";

export type PageLink = { href: string; word: string };

/** The pages behind a link of the header, which are part of what it leads to. */
const inside: Readonly<Record<string, RegExp>> = {
  [pagePaths.fleet]: /^\/endpoints\//,
  [pagePaths.screens]: /^\/pair$/,
};

/** The links of the header: in one line, or stacked in the menu of a phone. */
export function PageLinks({
  links,
  failingChecks,
  isStacked = false,
}: {
  links: readonly PageLink[];
  failingChecks: number;
  isStacked?: boolean;
}) {
  const path = usePathname();
  return (
    <ul className={isStacked ? "grid" : "flex h-full gap-x-6 text-caption"}>
      {links.map(({ href, word }) => {
        const place = path === href ? "page" : inside[href]?.test(path) === true ? "true" : undefined;
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
              {href === pagePaths.doctor && failingChecks > 0 && <Failing checks={failingChecks} />}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** The wall fills a window and has no header that leads back. */
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

/** Beside the word, where no other link is: it comes and goes without moving them. */
function Failing({ checks }: { checks: number }) {
  return (
    <span data-state="error" className="absolute left-full ml-1 text-state">
      <StateShape of="error" className="size-3.5" />
      <span className="sr-only">({failingText(checks)})</span>
    </span>
  );
}
