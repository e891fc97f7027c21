import { Diagnostics } from "@/components/doctor/diagnostics";
import { buildId, version } from "@/lib/server/build-id";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { readDiagnostics } from "@/lib/server/services/diagnostics";

export default async function DoctorPage() {
  const { ctx } = await authorizePage("diagnostics:read");
  const { at, checks } = await readDiagnostics(ctx);
  return <Diagnostics at={at} checks={checks} release={{ version, build: buildId }} />;
}
