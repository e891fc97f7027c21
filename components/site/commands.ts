import type { FleetView } from "@/lib/contract/endpoint-view";
import { currentRollout } from "@/lib/contract/current-rollout";
import { pagePaths } from "@/lib/contract/paths";
import type { Viewer } from "@/lib/contract/session";
import { compareSeverity, displayStateOf, type DisplayState } from "@/lib/domain/display-state";
import { toEndpointDisplay } from "@/lib/presentation/endpoint-display";
import type { ShapeName } from "@/lib/presentation/shapes";

import type { PageLink } from "./page-links";

type CommandAct =
  | { kind: "open"; href: string }
  | { kind: "theme"; theme: "system" | "light" | "dark" }
  | { kind: "copy-link" | "sign-out" };

/** One entry of the command menu: the text it is found by, what is shown beside it, and what it does. */
export type Command = { text: string; hint: string; shape: DisplayState | ShapeName | null; act: CommandAct };

/** Everything that this viewer can reach: endpoints, the most severe first, then pages, then actions. */
export function toCommands({
  links,
  viewer,
  fleet,
}: {
  links: readonly PageLink[];
  viewer: Viewer;
  fleet: FleetView | null;
}): { endpoints: readonly Command[]; others: readonly Command[] } {
  return {
    endpoints: fleet === null ? [] : toEndpoints(fleet),
    others: [
      ...[...links, ...extraPages(viewer)].map(({ word, href }) => open(word, href, "Page")),
      { text: "Copy the link to this page", hint: "Action", shape: null, act: { kind: "copy-link" } },
      ...themes.map(({ text, theme }): Command => ({
        ...{ text, hint: "Action", shape: null },
        act: { kind: "theme", theme },
      })),
      ...(viewer?.kind === "account"
        ? [{ text: "Sign out", hint: "Action", shape: null, act: { kind: "sign-out" } } satisfies Command]
        : []),
    ],
  };
}

const themes = [
  { text: "Light theme", theme: "light" },
  { text: "Dark theme", theme: "dark" },
  { text: "Theme of the system (auto)", theme: "system" },
] as const;

function extraPages(viewer: Viewer): readonly PageLink[] {
  const pairing = { word: "Pair a wall screen", href: pagePaths.pair(null) };
  if (viewer?.kind !== "account") return [pairing];
  const word = viewer.account.hasPassword ? "Account: sessions and password" : "Account: sessions";
  return [pairing, { word, href: pagePaths.account }];
}

function toEndpoints({ endpoints }: FleetView): readonly Command[] {
  return endpoints
    .map((view) => ({ view, displayState: displayStateOf(currentRollout(view)) }))
    .toSorted((a, b) => compareSeverity(a.displayState, b.displayState))
    .map(({ view: { endpoint, freshness }, displayState }) => {
      const { shape, word, past } = toEndpointDisplay({ displayState, freshness });
      const hint = past === null ? word : `${word}, ${past}`;
      return { text: endpoint.id, hint, shape, act: { kind: "open", href: pagePaths.endpoint(endpoint.id) } };
    });
}

function open(text: string, href: string, hint: string): Command {
  return { text, hint, shape: null, act: { kind: "open", href } };
}
