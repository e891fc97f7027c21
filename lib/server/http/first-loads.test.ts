import { expect, it } from "vitest";

import { toFirstLoads } from "./first-loads";

const font = '</_next/static/media/sans.woff2>; rel=preload; as="font"; crossorigin=""; type="font/woff2"';
it.each([
  { what: "several fonts", link: `${font}, ${font}`, styleSheet: null, header: `${font}, ${font}` },
  {
    what: "the style sheet first",
    link: font,
    styleSheet: "/a.css",
    header: `</a.css>; rel=preload; as="style", ${font}`,
  },
  {
    what: "the style sheet once",
    link: `${font}, </a.css>; rel=preload; as="style"; nonce="n"`,
    styleSheet: "/a.css",
    header: `</a.css>; rel=preload; as="style", ${font}`,
  },
])("$what", ({ link, styleSheet, header }) => {
  expect(toFirstLoads(link, styleSheet)).toBe(header);
});
