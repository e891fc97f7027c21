import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

/** A button that looks like a link. */
export function TextButton({ className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      className={clsx(
        "-my-1 cursor-pointer py-1 text-caption text-quiet underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-ink",
        className,
      )}
      {...rest}
    />
  );
}
