import "server-only";

import * as z from "zod";

import { isLoopbackHost } from "./network";

/** The address of a public status page, which is asked without a key. */
export const statusPageAddress = z
  .string()
  .refine((text) => URL.canParse(text), "must be a web address such as https://status.cerebras.ai.")
  .transform((text) => new URL(text))
  .refine(
    ({ protocol, hostname }) => protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname)),
    "must begin with https://. Plain http is possible to this machine only.",
  )
  .refine(
    ({ username, password, search, hash }) => [username, password, search, hash].every((part) => part === ""),
    "must be the address of the page alone, without a user name, a query or a fragment.",
  );
