import { currentRollout, formerVersion, toNews } from "@/lib/client/to-news";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { pagePaths } from "@/lib/contract/paths";
import { versionName } from "@/lib/domain/rollout-news";
import { standingWord, type Standing } from "@/lib/domain/standing";

import { StateShape } from "../ui/state-shape";
import { Since } from "../ui/ticking";
import { Verbatim } from "../ui/verbatim";
import { MiniRollCall } from "./mini-roll-call";

/** One endpoint on one line, the whole of which leads to its page. */
export function FleetRow({ view, standing }: { view: EndpointView; standing: Standing }) {
  const { endpoint, freshness } = view;
  const rollout = currentRollout(view);
  const news = rollout === null ? null : toNews(rollout);
  const isBlind = freshness.state === "blind";
  return (
    <li data-sight={freshness.state} data-standing={standing} className="border-t border-line">
      <a
        href={pagePaths.endpoint(endpoint.id)}
        className="fleet-row items-center gap-x-6 gap-y-1 py-3 hover:bg-sunken"
      >
        <span className="flex items-center gap-2.5 text-state [grid-area:state]">
          <StateShape of={isBlind ? "blind" : standing} className="size-5" />
          <span>
            {isBlind ? "Blind" : freshness.observedAt === null ? "First look" : standingWord(standing)}
          </span>
        </span>
        <span className="min-w-0 font-mono break-all [grid-area:id]">{endpoint.id}</span>
        <span className="text-quiet [grid-area:versions]">
          {rollout !== null && (
            <Verbatim text={versionsText(formerVersion(view, rollout), rollout.version)} />
          )}
        </span>
        <span className="min-w-0 [grid-area:counts]">
          {rollout !== null && <MiniRollCall rollout={rollout} />}
        </span>
        <span className="text-right text-quiet [grid-area:age]">
          {news !== null && <Since at={news.endedAt ?? news.startedAt} />}
        </span>
      </a>
    </li>
  );
}

function versionsText(former: string | null, version: string | null): string {
  const name = version === null ? "version not reported" : versionName(version);
  return former === null ? name : `${versionName(former)} → ${name}`;
}
