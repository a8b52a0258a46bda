// Root order, primary differences only: what is equal in any collation of the languages below is equal here.
const root = new Intl.Collator("en", { sensitivity: "base" });
const ascii = [..."123456789abcdefghijklmnopqrstuvwxyz"];
const pairs = ascii.flatMap((first) => ascii.map((second) => first + second));

// Languages that sort by the root order of Unicode (CLDR, common/collation: no rules of their own). Others make letters equal that differ
// elsewhere, as Danish does with aa and å.
const plainLanguages: ReadonlySet<string> = new Set(["en", "de", "fr", "it", "nl", "pt", "id", "ms", "ga", "sw"]);

/**
 * The function that gives strings the same key when they are equal in a collation of this locale, at any strength. Keeps ASCII letters and digits, to which
 * others are folded; for languages with rules of their own all strings share one key, and an index on them is one list.
 */
export function equalityKeyOf(locale: string): (text: string) => string {
  const [language = ""] = locale.split(/[-_@]/);
  return plainLanguages.has(language) && !locale.includes("@") ? fold : () => "";
}

function fold(text: string): string {
  let key = "";
  for (const character of text.normalize("NFKD")) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 127) key += foldRare(character);
    // Zeros are left out: numeric ordering takes 01 and 1 as equal.
    else if ((code >= 49 && code <= 57) || (code >= 97 && code <= 122)) key += character;
    else if (code >= 65 && code <= 90) key += character.toLowerCase();
  }
  return key;
}

function foldRare(character: string): string {
  const kept = folds.get(character);
  if (kept !== undefined) return kept;
  const folded = mayFold.test(character) ? findEqual(character) : "";
  folds.set(character, folded);
  return folded;
}

const folds = new Map<string, string>();
const mayFold = /[\p{Script=Latin}\p{N}\p{M}]/u;

/** ø is o, æ is ae, Arabic digits are digits. */
function findEqual(character: string): string {
  if (root.compare(character, "") === 0) return "";
  const isEqual = (candidate: string) => root.compare(character, candidate) === 0;
  return ascii.find(isEqual) ?? pairs.find(isEqual) ?? "";
}
