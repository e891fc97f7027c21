import type { ReactNode } from "react";

import { SettingsNotice } from "@/components/site/settings-notice";
import { Site } from "@/components/site/site";
import { readSettingsIssues } from "@/lib/server/services/read-settings-issues";
import { readCurrentUser } from "@/lib/server/services/read-current-user";

/** The layout of every page except the wall. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const issuesSince = await readSettingsIssues();
  return (
    <Site currentUser={await readCurrentUser()}>
      {issuesSince !== null && <SettingsNotice since={issuesSince} />}
      {children}
    </Site>
  );
}
