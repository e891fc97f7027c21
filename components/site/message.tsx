import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";
import type { DisplayState } from "@/lib/domain/display-state";

import { StateMark } from "../ui/state-mark";
import { TabState } from "./tab-state";

/** A page that only has a message: what happened, and what to do. */
export function Message({
  title,
  shape,
  name,
  sentence,
  isAlone = false,
  action,
  children,
}: {
  title: string;
  shape: DisplayState;
  name: string;
  sentence: string;
  /** Leaves out the link to all endpoints, which this viewer can't open. */
  isAlone?: boolean;
  /** A button, beside that link. */
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main data-state={shape} className="margin-grid border-t border-ink pt-10">
      <TabState title={title} shape={shape} isLive />
      <StateMark of={shape} word={name} />
      <div>
        <h1 className="max-w-[60rem] text-sentence font-medium tracking-[-0.022em] text-balance">
          {sentence}
        </h1>
        <div className="mt-4 max-w-[44rem] text-pretty">{children}</div>
        {(action !== undefined || !isAlone) && (
          <p className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2">
            {action}
            {!isAlone && (
              <a
                href={pagePaths.fleet}
                className="py-2 underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              >
                All endpoints
              </a>
            )}
          </p>
        )}
      </div>
    </main>
  );
}
