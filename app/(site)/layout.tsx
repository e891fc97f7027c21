import type { ReactNode } from "react";

import { Site } from "@/components/site/site";
import { readVisitor } from "@/lib/server/services/read-visitor";

/** Every page but the wall: a line above, and room around. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  return <Site visitor={await readVisitor()}>{children}</Site>;
}
