import "server-only";

import * as z from "zod";

import { demoAccount } from "@/lib/contract/demo";
import { hashPassword } from "@/lib/server/access/password";
import { readDatabaseSetting } from "@/lib/server/config/database";
import { readProcessSettings } from "@/lib/server/config/settings";

import { openDatabase } from "../db/open-database";
import { openStore } from "../db/store";
import { toPastEntries } from "./record-past";
import { toPastTraffic } from "./record-traffic";

/*
 * Records the past of a simulator into the database that the settings name, as if Rollcall had watched it, and adds the
 * account of the demo with sign-in.
 *
 *   node … lib/server/demo/main.ts <address of the simulator's control API>
 */

const pastSchema = z.object({
  replies: z.array(z.object({ at: z.int(), endpointId: z.string(), body: z.unknown() })),
  metrics: z.array(z.object({ at: z.int(), text: z.string() })),
  outages: z.array(z.object({ from: z.int(), until: z.int(), status: z.int() })),
});

const [control = ""] = process.argv.slice(2);
const { settings } = readProcessSettings();
if (settings === null) throw new Error("The demo's settings have mistakes.");
const store = await openStore(openDatabase(readDatabaseSetting()));
const response = await fetch(`${control}/past`);
const past = pastSchema.parse(await response.json());
await store.write(toPastEntries(past, { interval: settings.pollActive, until: Date.now() }));
await store.traffic.record(toPastTraffic(past.metrics, settings.organizations), null);
await store.accounts.add(
  {
    name: demoAccount.name,
    passwordHash: await hashPassword(demoAccount.password),
    ...{ isOneTime: false, oneTimeUntil: null, role: "administrator", orgs: null },
  },
  Date.now(),
);
await store.close();
