"use client";

import { setWanted, useBrowserNotifications } from "@/lib/client/browser-notifications";
import { abilityProblem } from "@/lib/presentation/browser-notification";

import { TextButton } from "../ui/text-button";

/** Turns notifications of this browser on and off, and says why it shows none. `about` ends the sentence. */
export function BrowserSwitch({ about }: { about: string }) {
  const wish = useBrowserNotifications();
  const isOn = wish?.isWanted === true && wish.ability === "allowed";
  const problem = wish?.isWanted === true ? abilityProblem(wish.ability) : null;
  return (
    <div className="scripts-only">
      <p>
        {isOn
          ? `This browser shows a notification for each event ${about} while the page is open.`
          : `This browser shows no notifications ${about}.`}
      </p>
      <p className="mt-3">
        <TextButton onClick={() => void setWanted(!isOn)}>
          {isOn ? "Turn off browser notifications" : "Turn on browser notifications"}
        </TextButton>
      </p>
      <p role="status" className="mt-3 max-w-prose text-pretty empty:hidden">
        {problem}
      </p>
    </div>
  );
}
