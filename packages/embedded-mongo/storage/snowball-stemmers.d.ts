declare module "snowball-stemmers" {
  const stemmers: {
    /** @throws when there is no algorithm of this name */
    newStemmer(language: string): { stem(word: string): string };
  };
  export = stemmers;
}
