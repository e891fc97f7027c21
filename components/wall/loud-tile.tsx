import { currentRollout, formerVersion, toNews } from "@/lib/client/to-news";
import { toEndpointDisplay } from "@/lib/domain/endpoint-display";
import { toRollCall } from "@/lib/domain/replicas";
import { versionName } from "@/lib/domain/rollout-news";

import type { Line } from "../fleet/to-lines";
import { StateShape } from "../ui/state-shape";
import { Since } from "../ui/ticking";
import { Verbatim } from "../ui/verbatim";
import { EndpointName } from "./endpoint-name";

const capacity = 60;

/** An endpoint that moves or fails, as large as there is room. */
export function LoudTile({ line }: { line: Line }) {
  const { view, standing, id } = line;
  const rollout = currentRollout(view);
  const { shape, word, past } = toEndpointDisplay(line);
  const news = rollout === null ? null : toNews(rollout);
  const former = rollout === null ? null : formerVersion(view, rollout);
  const { updatedReplicas: updated = null, totalReplicas: total = null, errorMessage = null } = rollout ?? {};
  const cells = rollout === null ? [] : (toRollCall(rollout, capacity)?.cells ?? []);
  return (
    <li data-sight={view.freshness.state} data-standing={standing} className="wall-loud">
      <p className="wall-loud-state">
        <StateShape of={shape} />
        <span>{word}</span>
        <span className="ml-auto text-quiet">
          {past !== null && <span>{past}</span>}
          {past === null && news !== null && <Since at={news.endedAt ?? news.startedAt} />}
        </span>
      </p>
      <p className="wall-loud-count">
        {updated === null && total === null ? (
          <span className="text-quiet">no counts</span>
        ) : (
          <>
            <span>{updated ?? "?"}</span>
            <span className="wall-loud-of"> of </span>
            <span>{total ?? "?"}</span>
          </>
        )}
      </p>
      {errorMessage !== null && (
        <p className="wall-loud-error">
          <Verbatim text={errorMessage} />
        </p>
      )}
      {cells.length > 0 && (
        <div aria-hidden="true" className="wall-cells">
          {cells.map(({ filled, size }, index) => (
            <span key={index} className="wall-cell" data-full={filled === size}>
              <span style={{ transform: `scaleX(${filled / size})` }} />
            </span>
          ))}
        </div>
      )}
      <p className="wall-loud-name">
        <EndpointName id={id} />
        <span className="text-quiet">
          {rollout !== null && (
            <Verbatim
              text={`${former === null ? "" : `${versionName(former)} → `}${versionName(rollout.version)}`}
            />
          )}
        </span>
      </p>
    </li>
  );
}
