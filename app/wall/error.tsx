"use client";

import { BrokenWall } from "@/components/wall/broken-wall";

export default function WallErrorPage({ reset }: { reset: () => void }) {
  return <BrokenWall redraw={reset} />;
}
