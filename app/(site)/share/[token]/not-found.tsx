import { ClosedLink } from "@/components/access/no-access";

export default function SharedNotFound() {
  return <ClosedLink />;
}
