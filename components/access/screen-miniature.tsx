"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { fleetQuery } from "@/lib/client/queries";
import { useLazy } from "@/lib/client/use-lazy";
import type { ScreenView } from "@/lib/contract/screen";

/** What a screen shows now, small: drawn once it is scrolled into view, and only to be looked at. */
export function ScreenMiniature({ screen }: { screen: ScreenView }) {
  const frame = useRef<HTMLDivElement>(null);
  const isNear = useIsNear(frame);
  const picture = useLazy(loadPicture, isNear);
  const { data: answer } = useQuery({ ...fleetQuery(), enabled: isNear });
  const { displaySettings, orgs } = screen;
  const { endpointIds, theme } = displaySettings;
  const visible =
    orgs === null || answer === undefined
      ? endpointIds
      : answer.body.endpoints
          .filter(({ endpoint }) => endpoint.org !== null && orgs.includes(endpoint.org))
          .map(({ endpoint }) => endpoint.id)
          .filter((id) => endpointIds?.includes(id) ?? true);
  return (
    <div ref={frame} aria-hidden="true" inert className="miniature">
      {picture !== null && answer !== undefined && (
        <div className="wall wall-miniature" {...(theme === "auto" ? {} : { "data-theme": theme })}>
          <picture.WallPicture
            answer={answer}
            displaySettings={{ ...displaySettings, endpointIds: visible }}
            name={screen.name}
            hasTab={false}
          />
        </div>
      )}
    </div>
  );
}

function loadPicture() {
  return import("../wall/wall-picture");
}

/** Whether an element has come near the window. */
function useIsNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { rootMargin: "200px" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNear;
}
