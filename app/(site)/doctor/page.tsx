import { Checkup } from "@/components/doctor/checkup";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { readCheckup } from "@/lib/server/services/read-checkup";

export default async function DoctorPage() {
  await authorizePage("house:examine");
  const { at, checks } = await readCheckup();
  return <Checkup at={at} checks={checks} />;
}
