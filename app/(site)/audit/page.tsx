import { AuditScreen } from "@/components/access/audit-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { auditQuery } from "@/lib/client/queries";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { ifReadable } from "@/lib/server/services/errors";
import { readAudit } from "@/lib/server/services/audit";

export default async function AuditPage() {
  const { ctx } = await authorizePage("audit:read");
  const answers = gatherAnswers();
  const audit = await ifReadable(readAudit(ctx, { before: null }));
  if (audit !== null) answers.put(auditQuery(null), audit);
  return (
    <HydratedPage answers={answers.end()}>
      <AuditScreen />
    </HydratedPage>
  );
}
