import { apiPaths } from "@/lib/contract/paths";

import { PushButton } from "../ui/push-button";

/** A plain form: the browser leaves the page, and nothing of it stays in memory. */
export function SignOut() {
  return (
    <form method="post" action={apiPaths.signOut}>
      <PushButton type="submit">Sign out</PushButton>
    </form>
  );
}
