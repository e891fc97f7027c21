import "server-only";

import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { readProcessSettings } from "@/lib/server/config/process-settings";

import { isAllowedHost } from "./allowed-host";

/** Answers 404 to a visitor who may not see pages. Called first by every page. */
export async function authorizePage(): Promise<void> {
  const { settings } = readProcessSettings();
  const host = (await headers()).get("host");
  if (settings === null || !isAllowedHost(host, settings.publicUrl)) notFound();
}
