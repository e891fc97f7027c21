import { Checkup } from "@/components/doctor/checkup";
import { authorizePage } from "@/lib/server/access/authorize-page";
import { readCheckup } from "@/lib/server/services/read-checkup";

export default async function DoctorPage() {
  await authorizePage();
  const { at, checks } = await readCheckup();
  return <Checkup at={at} checks={checks} />;
}
