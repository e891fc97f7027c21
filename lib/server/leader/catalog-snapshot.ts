import "server-only";

import * as z from "zod";

import { causeCodes } from "@/lib/domain/cause";

/** What the leader read about the versions of one architecture, as it is sent to followers. */
export const catalogSnapshot = z.object({
  ...{ org: z.string(), modelArch: z.string(), readAt: z.number() },
  versions: z.array(
    z.object({
      version: z.string(),
      aliases: z.array(z.string()).nullable(),
      syncStatus: z.string().nullable(),
    }),
  ),
  gone: z.array(z.string()),
  failure: z.object({ code: z.enum(causeCodes).catch("unexpected_answer"), message: z.string() }).nullable(),
});
