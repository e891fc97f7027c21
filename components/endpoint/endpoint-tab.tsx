import { toRolloutDisplay, currentRollout } from "@/lib/client/to-rollout-display";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { ConnectionState } from "@/lib/domain/connection";
import { toDisplayState } from "@/lib/domain/display-state";
import { tabTitle } from "@/lib/domain/tab-title";
import { toVisibleText } from "@/lib/domain/visible-text";

import { TabState } from "../site/tab-state";

/** The browser tab of an endpoint's page: its title and icon say the state. */
export function EndpointTab({ view, freshness }: { view: EndpointView; freshness: ConnectionState }) {
  const rollout = currentRollout(view);
  const display = rollout === null ? null : toRolloutDisplay(rollout);
  const title = toVisibleText(tabTitle(display, freshness, view.endpoint.id));
  return <TabState title={title} shape={toDisplayState(display)} isLive={freshness === "live"} />;
}
