import { demoPath, type DemoStep } from "@/lib/contract/demo";
import { pagePaths } from "@/lib/contract/paths";

const control =
  "cursor-pointer px-2 py-1 underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-ink";

/**
 * In the demo only: makes things happen in its simulator. `signIn`: where the same demo with sign-in is. Plain forms, so
 * that it costs other pages no script.
 */
export function DemoStrip({ signIn }: { signIn: string | null }) {
  return (
    <aside
      aria-label="Demo"
      className="screen-only border-t border-line bg-sunken py-1 text-caption whitespace-nowrap text-quiet"
    >
      <div className="fading-line flex items-baseline gap-x-1 pl-2">
        <span className="py-1 pr-1 font-medium text-ink">Demo</span>
        <Step step="deploy">Deploy a version</Step>
        <Step step="fail">Make it fail</Step>
        <Step step="cut">Cut Cerebras off</Step>
        <Step step="restore">Reconnect Cerebras</Step>
        <span className="ml-auto flex">
          <a href={pagePaths.wall} className={control}>
            Open the wall
          </a>
          <Step step="guest">Open as guest</Step>
          {signIn !== null && (
            <a href={signIn} className={control}>
              Try it with sign-in
            </a>
          )}
        </span>
      </div>
    </aside>
  );
}

function Step({ step, children }: { step: DemoStep; children: string }) {
  return (
    <form method="post" action={demoPath(step)}>
      <button type="submit" className={control}>
        {children}
      </button>
    </form>
  );
}
