import { clsx } from "clsx";
import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";
import type { Viewer } from "@/lib/contract/session";
import { roleWords } from "@/lib/presentation/role-words";

import { OpenAccessNote } from "../access/open-access-note";
import { Chevron } from "../ui/chevron";
import { Verbatim } from "../ui/verbatim";
import { belowWidth, fromWidth, type HeaderWidth } from "./header-width";
import { SignOut } from "./sign-out";
import { ThemeControl } from "./theme-control";

const menu = "menu";

/**
 * Everything about the viewer, behind one button; below a width the links of the header (`children`), too. The browser
 * opens and closes it, so it works without scripts.
 */
export function AccountMenu({
  viewer,
  width,
  children,
}: {
  viewer: Viewer;
  width: HeaderWidth;
  children: ReactNode;
}) {
  return (
    <div className="flex h-full min-w-0">
      <button
        type="button"
        popoverTarget={menu}
        className="menu-button flex min-w-0 cursor-pointer items-center gap-1.5 text-caption text-quiet hover:text-ink"
      >
        <span className={clsx("truncate", fromWidth[width])}>{toName(viewer)}</span>
        <span className={belowWidth[width]}>Menu</span>
        <Chevron />
      </button>
      <div id={menu} popover="auto" className="menu px-5">
        {children}
        <ViewerPart viewer={viewer} />
        <div className="needs-scripts py-3">
          <ThemeControl />
        </div>
        {viewer?.kind === "account" && (
          <div className="border-t border-line py-4">
            <SignOut />
          </div>
        )}
      </div>
    </div>
  );
}

function toName(viewer: Viewer): string {
  switch (viewer?.kind) {
    case "account":
      return viewer.account.account;
    case "open":
      return "Open access";
    case undefined:
      return "Theme";
  }
}

function ViewerPart({ viewer }: { viewer: Viewer }) {
  if (viewer === null) return null;
  return (
    <div className="py-4 not-last:border-b border-line">
      {viewer.kind === "account" ? (
        <>
          <p className="font-medium break-all">
            <Verbatim text={viewer.account.account} />
          </p>
          <p className="text-caption text-quiet">{roleWords[viewer.account.role]}</p>
          <p className="mt-2">
            <a
              href={pagePaths.account}
              className="inline-block py-1 underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            >
              {viewer.account.hasPassword ? "Sessions and password" : "Sessions"}
            </a>
          </p>
        </>
      ) : (
        <>
          <p className="font-medium">Open access</p>
          <p className="mt-1 text-caption text-pretty text-quiet">
            <OpenAccessNote role={viewer.role} />
          </p>
        </>
      )}
    </div>
  );
}
