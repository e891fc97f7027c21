import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";
import type { Standing } from "@/lib/domain/standing";

import { StateShape } from "../ui/state-shape";
import { TabState } from "./tab-state";

/** A page that has only something to say: what happened, and what to do. */
export function Message({
  title,
  shape,
  name,
  sentence,
  children,
}: {
  title: string;
  shape: Standing;
  name: string;
  sentence: string;
  children: ReactNode;
}) {
  return (
    <main data-standing={shape} className="margin-grid border-t border-ink pt-10">
      <TabState title={title} shape={shape} isLive />
      <p className="flex items-center gap-3 self-start text-state min-[56rem]:flex-col min-[56rem]:items-start min-[56rem]:gap-2">
        <StateShape of={shape} className="size-9 min-[56rem]:size-11" />
        <span className="text-body font-medium">{name}</span>
      </p>
      <div className="max-w-[44rem]">
        <h1 className="text-sentence font-medium tracking-[-0.022em] text-pretty">{sentence}</h1>
        <div className="mt-4 text-pretty">{children}</div>
        <p className="mt-6">
          <a
            href={pagePaths.fleet}
            className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          >
            All endpoints
          </a>
        </p>
      </div>
    </main>
  );
}
