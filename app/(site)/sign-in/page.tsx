import { redirect } from "next/navigation";

import { SignInScreen } from "@/components/access/sign-in-screen";
import { signInFailures } from "@/lib/contract/sign-in";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { readWaysIn } from "@/lib/server/services/read-ways-in";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const principal = await authorizePage("public:enter");
  const { to, failure } = await searchParams;
  const ways = readWaysIn(typeof to === "string" ? to : null);
  if (principal.kind === "person") redirect(ways.to);
  return <SignInScreen ways={ways} failure={signInFailures.find((each) => each === failure) ?? null} />;
}
