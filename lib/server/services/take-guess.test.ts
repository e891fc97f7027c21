import { describe, expect, it } from "vitest";

import { minute, second } from "@/lib/domain/instant";
import { createBlockedKeys } from "@/lib/server/access/blocked-keys";
import type { ClientAddress } from "@/lib/server/access/client-address";
import { parseIpAddress, toNetworks } from "@/lib/server/config/network";
import { engines } from "@/lib/server/db/testing/engines";
import { openTestStore } from "@/lib/server/db/testing/history-file";

import { giveBack, mostGuesses, takeGuess, toGuessLimits, type Guesser } from "./take-guess";

const now = Date.UTC(2026, 10, 26, 14, 2);

function at(text: string): ClientAddress {
  const address = parseIpAddress(text);
  if (address === null) throw new Error(`${text} is no address.`);
  return toNetworks(address);
}

const stranger = (address: string, account = "admin"): Guesser => ({
  account,
  address: at(address),
  browser: null,
});

describe("the limits of a guess", () => {
  const limitsOf = (guesser: Guesser) =>
    Object.fromEntries(toGuessLimits(guesser).map(({ key, most }) => [key.replace(/ .*/, ""), most]));

  it("count a /48 more loosely beside the /64", () => {
    const address = toGuessLimits(stranger("2001:db8:9:9::1")).filter(({ key }) => key.startsWith("address"));
    expect(address.map(({ key, most }) => [key, most])).toEqual([
      ["address 2001:db8:9:9::/64", mostGuesses.address],
      ["address 2001:db8:9::/48", mostGuesses.wide],
    ]);
  });

  it("spare a known browser those of strangers", () => {
    expect(limitsOf({ ...stranger("203.0.113.8"), browser: "a browser" })).toEqual({ browser: 10 });
    expect(limitsOf(stranger("203.0.113.8"))).toEqual({ account: 30, address: 10, all: 1_000 });
  });
});

describe.each(engines)("guesses at passwords on $engine", ({ newDatabase }) => {
  async function open() {
    const { attempts } = await openTestStore(await newDatabase());
    const isAllowed = async (guesser: Guesser, when = now) =>
      "taken" in (await takeGuess({ attempts, blocked: createBlockedKeys() }, guesser, when));
    const countAllowed = async (guessers: readonly Guesser[]) => {
      let allowed = 0;
      for (const guesser of guessers) allowed += (await isAllowed(guesser)) ? 1 : 0;
      return allowed;
    };
    return { attempts, isAllowed, countAllowed };
  }
  const times = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  it("from one address are 10, whatever the account, the port or the host part", async () => {
    const { countAllowed, isAllowed } = await open();
    const ofOne = times(14, (port) => stranger(`203.0.113.8:${port + 1}`, `account-${port}`));
    expect(await countAllowed(ofOne)).toBe(mostGuesses.address);
    const ofNetwork = times(14, (host) => stranger(`2001:db8:9:9::${host.toString(16)}`));
    expect(await countAllowed(ofNetwork)).toBe(mostGuesses.address);
    expect(await isAllowed(stranger("198.51.100.1"))).toBe(true);
  });

  it("at one account are 30 from all addresses, and its known browsers are spared", async () => {
    const { countAllowed, isAllowed } = await open();
    const fromEverywhere = times(34, (index) => stranger(`203.0.${index}.8`));
    expect(await countAllowed(fromEverywhere)).toBe(mostGuesses.account);
    expect(await isAllowed(stranger("198.51.100.1", "ada"))).toBe(true);
    const own = times(12, () => ({ ...stranger("203.0.1.8"), browser: "a browser of admin" }));
    expect(await countAllowed(own)).toBe(mostGuesses.address);
    expect(await isAllowed(stranger("198.51.100.1"), now + 15 * minute)).toBe(true);
  });

  it("where no address is known are 10 at an account, known browsers aside", async () => {
    const { countAllowed } = await open();
    const nowhere = { account: "admin", address: null, browser: null };
    expect(await countAllowed(times(20, () => nowhere))).toBe(10);
    expect(await countAllowed(times(5, () => ({ ...nowhere, browser: "a browser" })))).toBe(5);
  });

  it("are limited to the same number if they arrive at once", async () => {
    const { isAllowed } = await open();
    const allowed = await Promise.all(times(40, (index) => isAllowed(stranger(`203.0.${index}.8`))));
    expect(allowed.filter(Boolean)).toHaveLength(mostGuesses.account);
  });

  it("that are rejected or given back do not count", async () => {
    const { attempts, countAllowed, isAllowed } = await open();
    await countAllowed(times(12, () => stranger("203.0.113.8")));
    // The two rejected guesses do not count against the account, so it has 20 left.
    expect(await countAllowed(times(24, (index) => stranger(`203.0.${index}.9`)))).toBe(20);
    const guess = await takeGuess(
      { attempts, blocked: createBlockedKeys() },
      stranger("203.0.113.7", "ada"),
      now,
    );
    if ("taken" in guess) await giveBack(attempts, guess.taken);
    expect(await countAllowed(times(10, () => stranger("203.0.113.7", "ada")))).toBe(10);
    expect(await isAllowed(stranger("203.0.113.7", "ada"))).toBe(false);
  });

  it("that are rejected again within a second cause no query", async () => {
    const { attempts, countAllowed } = await open();
    await countAllowed(times(mostGuesses.account, (index) => stranger(`203.0.${index}.8`)));
    let asked = 0;
    const counted: typeof attempts = {
      ...attempts,
      nextAt: (...question) => {
        asked += 1;
        return attempts.nextAt(...question);
      },
    };
    const blocked = createBlockedKeys();
    const ask = (index: number, when = now) =>
      takeGuess({ attempts: counted, blocked }, stranger(`198.51.100.${index}`), when);
    for (let index = 0; index < 50; index += 1) {
      expect(await ask(index)).toEqual({ nextAt: now + 15 * minute });
    }
    expect(asked).toBe(1);
    // When another process lifts a limit, that takes effect within a second.
    await attempts.invalidateAll();
    expect(await ask(51, now + second)).toHaveProperty("taken");
  });
});
