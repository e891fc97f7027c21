import { NoSuchPage } from "@/components/site/no-such-page";
import { Site } from "@/components/site/site";

export default function NotFound() {
  return (
    <Site currentUser={null}>
      <NoSuchPage />
    </Site>
  );
}
