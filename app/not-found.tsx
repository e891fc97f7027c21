import { noNavigation, Site } from "@/components/site/site";

import PageNotFound from "./(site)/not-found";

export default function NotFound() {
  return (
    <Site navigation={noNavigation}>
      <PageNotFound />
    </Site>
  );
}
