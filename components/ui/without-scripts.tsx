/** Says what a page cannot do, only where the browser runs no scripts. Its dead controls are hidden (`scripts-only`). */
export function WithoutScripts({ children }: { children: string }) {
  return (
    <noscript>
      <p className="mb-6 max-w-[44rem] text-pretty">{children}</p>
    </noscript>
  );
}
