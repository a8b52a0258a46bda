import { keyOf, Random } from "../generate/random.ts";
import { faker } from "./faker.ts";
import { at, theMoment } from "./moment.ts";

const pageLength = 32_000;
let page: string | undefined;

/**
 * So many characters of text, cut out of a page that is made once: long texts are what takes longest in a document, and few people read them.
 * For a text that is made for each document there is `faker.lorem`.
 * @example notes: prose(600)
 */
export function prose(length: number): string {
  const moment = theMoment("prose");
  page ??= at({ ...moment, random: new Random().begin(keyOf(0, "prose"), 0) }, makePage);
  if (length >= pageLength / 2) return page.repeat(Math.ceil(length / page.length)).slice(0, length);
  const from = page.indexOf(" ", moment.random.int(0, pageLength - length - 100)) + 1;
  return page.slice(from, from + length);
}

function makePage(): string {
  let text = "";
  while (text.length < pageLength) text += `${faker.lorem.sentence()} `;
  return text.slice(0, pageLength);
}
