import { ClosedLink } from "@/components/access/closed-link";

export default function SharedNotFound() {
  return <ClosedLink />;
}
