"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import type { ApiScope } from "@/lib/client/api-scope";
import { showOnce } from "@/lib/client/browser-notifications";
import { muteQuery } from "@/lib/client/mute-query";
import { endpointQuery, fleetQuery } from "@/lib/client/queries";
import { serverNow } from "@/lib/client/time/server-clock";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { pagePaths } from "@/lib/contract/paths";
import { findViewEvents, type SeenViews } from "@/lib/contract/view-events";
import { minute, second, type Duration } from "@/lib/domain/instant";
import { isOutageEvent, onlyEndpointOf, type NotableEvent } from "@/lib/domain/notable-event";
import { usualBlindAfter } from "@/lib/domain/notification-rule";
import { toBrowserNotification } from "@/lib/presentation/browser-notification";

/** Older events make no notification: the page shows them, also after it slept. */
const shownFor: Duration = 15 * minute;
/** An outage becomes an event by its length, without another answer. */
const lookEvery: Duration = 15 * second;

/** Shows notifications about every endpoint, also while the tab is in the background. */
export function FleetNotifier() {
  const { data } = useQuery({ ...fleetQuery(), refetchIntervalInBackground: true });
  useNotifications(data?.body.endpoints);
  return null;
}

/** Shows notifications about one endpoint. */
export function EndpointNotifier({ apiScope }: { apiScope: ApiScope }) {
  const { data } = useQuery({ ...endpointQuery(apiScope), refetchIntervalInBackground: true });
  const view = data?.body;
  useNotifications(useMemo(() => (view === undefined ? undefined : [view]), [view]));
  return null;
}

function useNotifications(views: readonly EndpointView[] | undefined): void {
  const client = useQueryClient();
  const seen = useRef<SeenViews | null>(null);
  useEffect(() => {
    if (views === undefined) return;
    const isMuted = async (endpointId: string): Promise<boolean> => {
      const query = { ...muteQuery(endpointId), staleTime: 0 };
      const answer = await client.query(query).catch(() => null);
      return answer !== null && answer.body.mute !== null;
    };
    const show = async (event: NotableEvent): Promise<void> => {
      const endpointId = onlyEndpointOf(event);
      if (endpointId !== null && (await isMuted(endpointId))) return;
      await showOnce(event.key, toBrowserNotification(event), toHref(event));
    };
    const look = () => {
      const now = serverNow();
      const found = findViewEvents({ former: seen.current, views, now, after: usualBlindAfter });
      seen.current = found.seen;
      for (const event of found.events) if (now - event.at < shownFor) void show(event);
    };
    look();
    const timer = setInterval(look, lookEvery);
    return () => clearInterval(timer);
  }, [views, client]);
}

/** The rollout at that moment, or the fleet. */
function toHref(event: NotableEvent): string {
  return isOutageEvent(event)
    ? pagePaths.fleet
    : pagePaths.rolloutAt(event.endpointId, event.deploymentId, event.at);
}
