import { headers } from "next/headers";
import type { ReactNode } from "react";

import { DemoStrip } from "@/components/site/demo-strip";
import { SettingsNotice } from "@/components/site/settings-notice";
import { Site } from "@/components/site/site";
import { pagePaths } from "@/lib/contract/paths";
import { findClient } from "@/lib/server/http/authorize-page";
import { addressHeader } from "@/lib/server/http/page-headers";
import { readViewer } from "@/lib/server/services/accounts";
import { hasDemoStrip } from "@/lib/server/services/demo";
import { countChecksFor } from "@/lib/server/services/diagnostics";
import { readNavigation, readSettingsIssues } from "@/lib/server/services/site";

/** The layout of every page except the wall. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const client = await findClient();
  const address = (await headers()).get(addressHeader);
  // A guest's page leads nowhere else, even if its reader may see more.
  if (client === null || address?.startsWith(pagePaths.shared("")) === true)
    return <Site navigation={{ viewer: null, links: [], checks: null }}>{children}</Site>;
  const { ctx, principal } = client;
  const issuesSince = readSettingsIssues(ctx, principal);
  return (
    <Site
      navigation={{
        viewer: readViewer(principal),
        links: readNavigation(principal),
        checks: countChecksFor(ctx, principal),
      }}
    >
      {hasDemoStrip(ctx, principal, address) && <DemoStrip signIn={ctx.settings.demoSignIn?.href ?? null} />}
      {issuesSince !== null && <SettingsNotice since={issuesSince} />}
      {children}
    </Site>
  );
}
