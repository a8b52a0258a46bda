import { expect, test } from "vitest";
import { parseTextSearch } from "./parse-text-search.ts";

const nothing = { terms: [], negatedTerms: [], phrases: [], negatedPhrases: [] };

// Manual, "$text", Behavior: Search Field, Phrases, Negations.
test.each([
  ["coffee shop", { ...nothing, terms: ["coffee", "shop"] }],
  ["coffee -shop", { ...nothing, terms: ["coffee"], negatedTerms: ["shop"] }],
  ["pre-market", { ...nothing, terms: ["pre", "market"] }],
  ['"coffee shop" tea', { ...nothing, terms: ["coffee", "shop", "tea"], phrases: ["coffee shop"] }],
  ['tea -"coffee shop"', { ...nothing, terms: ["tea"], negatedPhrases: ["coffee shop"] }],
  ["Größe, wie?", { ...nothing, terms: ["Größe", "wie"] }],
  ["  ", nothing],
])("the search %s has its parts", (search, parts) => expect(parseTextSearch(search)).toEqual(parts));
