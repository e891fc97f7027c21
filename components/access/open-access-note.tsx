import type { Role } from "@/lib/domain/role";
import { endOpenAccess, openAccessSentence } from "@/lib/presentation/open-access-words";

/** What open access means, and how to have people sign in. `demoSignIn`: where the demo lets that be tried. */
export function OpenAccessNote({ role, demoSignIn = null }: { role: Role; demoSignIn?: string | null }) {
  return (
    <>
      <span>{openAccessSentence(role)}</span> <span>{endOpenAccess}</span>
      {demoSignIn !== null && (
        <>
          {" "}
          <a
            href={demoSignIn}
            className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          >
            Try that in the demo with sign-in
          </a>
        </>
      )}
    </>
  );
}
