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
  children,
}: {
  title: string;
  shape: DisplayState;
  name: string;
  sentence: string;
  /** Leaves out the link to all endpoints, which this viewer can't open. */
  isAlone?: boolean;
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
        {!isAlone && (
          <p className="mt-6">
            <a
              href={pagePaths.fleet}
              className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            >
              All endpoints
            </a>
          </p>
        )}
      </div>
    </main>
  );
}
