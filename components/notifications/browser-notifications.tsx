"use client";

import { useBrowserNotifications } from "@/lib/client/browser-notifications";
import { useApiScope } from "@/lib/client/use-api-scope";
import { useLazy } from "@/lib/client/use-lazy";

import { Section } from "../ui/section";
import { BrowserSwitch } from "./browser-switch";

/** The browser's notifications about every endpoint. */
export function FleetNotifications() {
  const notifier = useNotifier();
  return (
    <div className="screen-only scripts-only">
      <Section name="Notifications">
        <BrowserSwitch about="about these endpoints" />
      </Section>
      {notifier !== null && <notifier.FleetNotifier />}
    </div>
  );
}

/** The browser's notifications about one endpoint. */
export function EndpointNotifications() {
  const apiScope = useApiScope();
  const notifier = useNotifier();
  return (
    <>
      <BrowserSwitch about="about this endpoint" />
      {notifier !== null && <notifier.EndpointNotifier apiScope={apiScope} />}
    </>
  );
}

/** The code that watches for events; null until it is wanted and loaded. */
function useNotifier() {
  const wish = useBrowserNotifications();
  const isOn = wish?.isWanted === true && wish.ability === "allowed";
  const late = useLazy(load, isOn);
  return isOn ? late : null;
}

function load() {
  return import("./notifier");
}
