/**
 * Some character that UTF-8 can carry (a Unicode scalar value: no half of a surrogate pair) for each whole number, half of them below U+0100. As a unit of
 * strings, `string({ unit: nat().map(anyCharacter) })`, it stands for fast-check's "binary", which first makes a table of all of Unicode, for
 * seconds in each test file.
 */
export function anyCharacter(number: number): string {
  const position = number >>> 1;
  const code = number % 2 === 0 ? position % 0x100 : position % (0x110000 - surrogates);
  return String.fromCodePoint(code < firstSurrogate ? code : code + surrogates);
}

const firstSurrogate = 0xd800;
const surrogates = 0x800;
