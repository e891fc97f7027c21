import { Rollcall, type Settings } from "./rollcall";
import { Simulator } from "./simulator";

/** The size of a fleet, and what happens to one of its endpoints. */
export type FleetPlay = { size: 1 | 6 | 24 | 60 | 1000; variation: "quiet" | "rolling" | "failing" };

/** Runs `act` on a Rollcall that watches every endpoint of a fleet, in all organizations. */
export async function onFleet<T>(
  { size, variation }: FleetPlay,
  act: (stage: { simulator: Simulator; rollcall: Rollcall }) => Promise<T>,
  settings: Settings = {},
): Promise<T> {
  const suffix = variation === "quiet" ? "" : `-${variation}`;
  const simulator = await Simulator.start({ scenario: `fleet-${size}${suffix}` });
  try {
    const ids = await simulator.endpointIds();
    const rollcall = await Rollcall.start(simulator, {
      CEREBRAS_ORG: undefined,
      ROLLCALL_ENDPOINTS: ids.join(","),
      ...settings,
    });
    try {
      await untilAllSeen(rollcall, ids.length);
      return await act({ simulator, rollcall });
    } finally {
      await rollcall.remove();
    }
  } finally {
    await simulator.stop();
  }
}

async function untilAllSeen({ url }: Rollcall, count: number): Promise<void> {
  // Ends a hanging start. A thousand endpoints take a busy machine more than a minute.
  const deadline = Date.now() + 150_000;
  for (;;) {
    const text = await (await fetch(`${url}/api/v1/endpoints`)).text();
    const seen = text.match(/"freshness":\{"state":"live","observedAt":"/g)?.length ?? 0;
    if (seen === count) return;
    if (Date.now() > deadline) throw new Error(`Only ${seen} of ${count} endpoints were seen.`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
