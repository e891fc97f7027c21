import { headers } from "next/headers";
import type { ReactNode } from "react";

import { SettingsNotice } from "@/components/site/settings-notice";
import { noNavigation, Site, type Navigation } from "@/components/site/site";
import { findClient } from "@/lib/server/http/authorize-page";
import { addressHeader } from "@/lib/server/http/page-headers";
import { readCurrentUser } from "@/lib/server/services/accounts";
import { readNavigation, readSettingsIssues } from "@/lib/server/services/site";

/** The layout of every page except the wall. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const client = await findClient();
  const address = (await headers()).get(addressHeader);
  const issuesSince = client === null ? null : readSettingsIssues(client.ctx, client.principal);
  const navigation: Navigation =
    client === null
      ? noNavigation
      : {
          links: readNavigation(client.principal, address),
          account: readCurrentUser(client.principal)?.account ?? null,
        };
  return (
    <Site navigation={navigation}>
      {issuesSince !== null && <SettingsNotice since={issuesSince} />}
      {children}
    </Site>
  );
}
