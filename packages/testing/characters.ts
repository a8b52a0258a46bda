import fc from "fast-check";

/**
 * Any character that UTF-8 can carry (Unicode scalar values: no half of a surrogate pair), as a unit of `fc.string`. fast-check's own unit
 * "binary" makes a table of them all first, which takes seconds in each test file.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 0xff }) },
    { weight: 2, arbitrary: fc.integer({ min: 0x100, max: 0xd7ff }) },
    { weight: 1, arbitrary: fc.integer({ min: 0xe000, max: 0x10ffff }) },
  )
  .map((code) => String.fromCodePoint(code));
