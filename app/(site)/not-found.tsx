import { NoSuchPage } from "@/components/site/no-such-page";

export default function NotFound() {
  return <NoSuchPage />;
}
