/** How the texts of a language become terms (manual, "Text Search Languages"). */
export interface TextLanguage {
  /** In lower case. */
  readonly stopWords: ReadonlySet<string>;
  /** The stem of a word in lower case. */
  stem(word: string): string;
  /** An apostrophe is a part of a word in English, and ends it elsewhere. */
  readonly words: RegExp;
}

/**
 * The language of an index, document or search by its name or two letters, in any case; undefined when MongoDB has none of that name.
 * They are there after `loadTextLanguages`, which whoever makes a text index or opens one has called.
 */
export const textLanguage = (name: string): TextLanguage | undefined => loaded.get(fullName(name));

/** Whether MongoDB knows texts in this language; needs nothing loaded. */
export const isTextLanguage = (name: string): boolean => fullName(name) === "none" || sources.has(fullName(name));

/** Loads stemmers and stop words, once: 60 ms, which a server without text indexes does not spend. */
export async function loadTextLanguages(): Promise<void> {
  if (loaded.size > 0) return;
  // The algorithms of Snowball (snowballstem.org), as MongoDB has them from libstemmer.
  const { default: snowball } = await import("snowball-stemmers");
  const lists = await Promise.all([...sources].map(async ([name, { load }]) => [name, await load()] as const));
  for (const [name, { stopwords }] of lists) {
    const stemmer = snowball.newStemmer(name);
    const stem = (word: string) => stemmer.stem(word);
    if (name === "english") loaded.set(name, { stopWords: englishStopWords(stopwords), stem, words: englishWords });
    else loaded.set(name, { stopWords: new Set(stopwords), stem, words });
  }
  loaded.set("none", { stopWords: new Set(), stem: (word) => word, words });
}

const loaded = new Map<string, TextLanguage>();

interface Source {
  /** The two letters that stand for it. */
  readonly code: string;
  load(): Promise<{ readonly stopwords: readonly string[] }>;
}

const sources: ReadonlyMap<string, Source> = new Map([
  ["danish", { code: "da", load: () => import("@orama/stopwords/danish") }],
  ["dutch", { code: "nl", load: () => import("@orama/stopwords/dutch") }],
  ["english", { code: "en", load: () => import("@orama/stopwords/english") }],
  ["finnish", { code: "fi", load: () => import("@orama/stopwords/finnish") }],
  ["french", { code: "fr", load: () => import("@orama/stopwords/french") }],
  ["german", { code: "de", load: () => import("@orama/stopwords/german") }],
  ["hungarian", { code: "hu", load: () => import("@orama/stopwords/hungarian") }],
  ["italian", { code: "it", load: () => import("@orama/stopwords/italian") }],
  ["norwegian", { code: "nb", load: () => import("@orama/stopwords/norwegian") }],
  ["portuguese", { code: "pt", load: () => import("@orama/stopwords/portuguese") }],
  ["romanian", { code: "ro", load: () => import("@orama/stopwords/romanian") }],
  ["russian", { code: "ru", load: () => import("@orama/stopwords/russian") }],
  ["spanish", { code: "es", load: () => import("@orama/stopwords/spanish") }],
  ["swedish", { code: "sv", load: () => import("@orama/stopwords/swedish") }],
  ["turkish", { code: "tr", load: () => import("@orama/stopwords/turkish") }],
]);

const namesByCode: ReadonlyMap<string, string> = new Map([...sources].map(([name, { code }]) => [code, name]));

function fullName(name: string): string {
  const lower = name.toLowerCase();
  return namesByCode.get(lower) ?? lower;
}

const words = /[\p{L}\p{M}\p{N}_]+/gu;
const englishWords = /[\p{L}\p{M}\p{N}_']+/gu;

/** MongoDB's own list has "a", and none of these words of the library's. */
function englishStopWords(list: readonly string[]): ReadonlySet<string> {
  const counting = new Set(["us", "will", "shall", "can", "may", "might", "must"]);
  return new Set(["a", ...list.filter((word) => !counting.has(word))]);
}
