import type { ReactNode } from "react";

import { SettingsNotice } from "@/components/site/settings-notice";
import { Site } from "@/components/site/site";
import { findClient } from "@/lib/server/http/authorize-page";
import { readCurrentUser } from "@/lib/server/services/accounts";
import { readSettingsIssues } from "@/lib/server/services/site";

/** The layout of every page except the wall. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const client = await findClient();
  const issuesSince = client === null ? null : readSettingsIssues(client.ctx, client.principal);
  return (
    <Site currentUser={client === null ? null : readCurrentUser(client.principal)}>
      {issuesSince !== null && <SettingsNotice since={issuesSince} />}
      {children}
    </Site>
  );
}
