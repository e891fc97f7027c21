import { toNews, currentRollout } from "@/lib/client/to-news";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { SightState } from "@/lib/domain/sight";
import { toStanding } from "@/lib/domain/standing";
import { tabTitle } from "@/lib/domain/tab-title";
import { toVisibleText } from "@/lib/domain/visible-text";

import { TabState } from "../site/tab-state";

/** The browser tab of an endpoint's page: its title and icon say the state. */
export function EndpointTab({ view, sight }: { view: EndpointView; sight: SightState }) {
  const rollout = currentRollout(view);
  const news = rollout === null ? null : toNews(rollout);
  const title = toVisibleText(tabTitle(news, sight, view.endpoint.id));
  return <TabState title={title} shape={toStanding(news)} isLive={sight === "live"} />;
}
