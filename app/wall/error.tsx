"use client";

import { BrokenWall } from "@/components/wall/broken-wall";
import { crashAdvice } from "@/lib/presentation/crash-words";

export default function WallErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <BrokenWall advice={crashAdvice(error)} redraw={reset} />;
}
