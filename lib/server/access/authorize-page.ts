import "server-only";

import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { parseSettings } from "@/lib/server/config/settings";

import { isAllowedHost } from "./allowed-host";

/** Answers 404 to a visitor who may not see pages. Called first by every page. */
export async function authorizePage(): Promise<void> {
  const { settings } = parseSettings(process.env);
  const host = (await headers()).get("host");
  if (settings === null || !isAllowedHost(host, settings.publicUrl)) notFound();
}
