import "server-only";

import type { Check } from "@/lib/domain/check";

import type { UpstreamFacts } from "./facts";

const name = "Model versions";

/** Whether the API describes the versions behind the deployments. None before the first answer. */
export function checkVersions({ catalogs = [] }: UpstreamFacts): Check[] {
  const [first] = catalogs;
  if (first === undefined) return [];
  const failed = catalogs.filter(({ failure }) => failure !== null);
  const known = catalogs.length - failed.length;
  const read = `Read for ${known} of ${catalogs.length} ${catalogs.length === 1 ? "architecture" : "architectures"} in use.`;
  const [unread] = failed;
  if (unread === undefined) return [{ name, state: "ok", says: read, remedy: null }];
  const says = `${read} Not for ${unread.modelArch}: ${unread.failure?.message ?? ""} Pages then do not say where an alias points, or whether an earlier version is still there.`;
  const remedy =
    "Nothing to do: this part of the API is in private preview. Rollcall tries again every 10 minutes.";
  return [{ name, state: "unknown", says, remedy }];
}
