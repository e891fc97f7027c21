import { Rollcall, type Settings } from "../../e2e/support/rollcall";
import { Simulator } from "../../e2e/support/simulator";

export type Stage = { simulator: Simulator; rollcall: Rollcall };

/** Runs a measurement beside a simulator and the built application, and ends both whatever happens. */
export async function onStage<T>(
  play: { scenario: string; speed?: number; settings?: Settings },
  measure: (stage: Stage) => Promise<T>,
): Promise<T> {
  const { scenario, speed = 1, settings = {} } = play;
  const simulator = await Simulator.start({ scenario, speed });
  try {
    const rollcall = await Rollcall.start(simulator, settings);
    try {
      return await measure({ simulator, rollcall });
    } finally {
      await rollcall.remove();
    }
  } finally {
    await simulator.stop();
  }
}

/** Waits until `isSo`, asking every 20 ms; throws after `patience` milliseconds. */
export async function until(isSo: () => Promise<boolean>, patience = 20_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("It did not come to pass in time.");
    await pause(20);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}
