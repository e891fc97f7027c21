import type { ReactNode } from "react";

import { SettingsNotice } from "@/components/site/settings-notice";
import { Site } from "@/components/site/site";
import { readSettingsTrouble } from "@/lib/server/services/read-settings-trouble";
import { readVisitor } from "@/lib/server/services/read-visitor";

/** Every page but the wall: a line above, and room around. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const troubleSince = await readSettingsTrouble();
  return (
    <Site visitor={await readVisitor()}>
      {troubleSince !== null && <SettingsNotice since={troubleSince} />}
      {children}
    </Site>
  );
}
