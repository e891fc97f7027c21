import { Diagnostics } from "@/components/doctor/diagnostics";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { readDiagnostics } from "@/lib/server/services/read-diagnostics";

export default async function DoctorPage() {
  await authorizePage("diagnostics:read");
  const { at, checks } = await readDiagnostics();
  return <Diagnostics at={at} checks={checks} />;
}
