/** Ids that leave a path, end a header, or name something other than an endpoint. */
const CLIMBING = [
  "..",
  "../",
  "../x",
  "..\\x",
  "./x",
  "....//x",
  "..;/x",
  "../../orgs/acme/endpoints",
  "../../../etc/passwd",
  "acme-done/../acme-error",
  "acme-done/..",
  "acme-done/.",
  "acme-done//",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "http://evil.example/x",
  "https:evil.example",
  "file:///etc/passwd",
  "javascript:alert(1)",
];
const JOINING = [
  ":",
  ";",
  "?",
  "#",
  "&",
  "=",
  "@",
  "!",
  "$",
  "'",
  '"',
  "(",
  ")",
  "*",
  "+",
  ",",
  "|",
  "^",
  "`",
];
const MEANING = [
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "undefined",
  "null",
  "true",
  "NaN",
  "0",
  "-1",
  "1e309",
  "' or 1=1 --",
  '"; drop table endpoint; --',
  "{{7*7}}",
  "${7*7}",
  "<script>alert(1)</script>",
  "$(id)",
  "`id`",
  "|id",
  "%n%s%x",
  "{}",
  "[]",
  "[object Object]",
  "*",
  "a..b",
  "-acme",
  "acme-",
  "_acme",
  "acme_",
  ".acme",
  "acme.",
];
const LENGTHS = [127, 129, 200, 1_000, 4_000];
/** Every control character, bidirectional and zero-width characters, and lookalikes of digits. */
const CHARACTERS = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)),
  ...Array.from({ length: 33 }, (_, code) => String.fromCharCode(127 + code)),
  ..." \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e".split(""),
  ..."\u2060\u2066\u2067\u2068\u2069\ufeff\ufffd\uff0e\uff0f\u2024\u2215\u2044\u0660\u0430\u0131\u212a".split(
    "",
  ),
  "\u{1f600}",
  "\u{e0001}",
  "e\u0301",
];

/** Ids that could lead to another resource. */
export const CLIMBING_IDS: readonly string[] = [...CLIMBING, ...CLIMBING.map((id) => `acme-done/${id}`)];

/** At least 500 invalid ids, which must never reach the upstream. */
export const HOSTILE_IDS: readonly string[] = [
  ...new Set([
    ...CLIMBING_IDS,
    ...JOINING.flatMap((sign) => [`acme-done${sign}deployModel`, `${sign}acme-done`, `acme-done${sign}`]),
    ...MEANING,
    ...LENGTHS.flatMap((length) => ["a", "a.", "-", "é"].map((unit) => unit.repeat(length).slice(0, length))),
    ...CHARACTERS.flatMap((character) => [
      `acme-done${character}`,
      `${character}acme-done`,
      `acme${character}done`,
      `acme-done${character}X-Forged: 1`,
    ]),
  ]),
];
