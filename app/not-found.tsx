import SiteLayout from "./(site)/layout";
import PageNotFound from "./(site)/not-found";

/** For addresses without a page; Next draws it outside of the site's layout. */
export default function NotFound() {
  return (
    <SiteLayout>
      <PageNotFound />
    </SiteLayout>
  );
}
