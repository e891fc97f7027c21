import { z } from "zod";
import { parse } from "./parse";
import type { ControlRequest, ControlRoute } from "./route";

const versionsBody = z.strictObject({
  aliases: z.record(z.string().min(1), z.int().min(0)).default({}),
  gone: z.array(z.int().min(0)).default([]),
  syncStatus: z.record(z.string().regex(/^\d+$/), z.string().min(1)).default({}),
});

/** Model versions changed by hand. */
export const versionRoutes: readonly ControlRoute[] = [
  { method: "PUT", pattern: /^\/versions\/([^/]+)\/([^/]+)$/, handle: putVersions },
];

function putVersions({ simulation, params: [org = "", arch = ""], body }: ControlRequest): object {
  simulation.versionChanges.set(org, arch, parse(versionsBody, body));
  return { at: Date.now() };
}
