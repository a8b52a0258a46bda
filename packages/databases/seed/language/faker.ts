import { createRequire } from "node:module";
import type { Random } from "../generate/random.ts";
import { theMoment } from "./moment.ts";

type Faker = typeof import("@faker-js/faker/locale/en").faker;

let loaded: Faker | undefined;

/**
 * Loads the generators of names, addresses, texts and so on, with their numbers from the document that is being made: 30 ms, so whoever
 * makes documents does it before, and who only reads a configuration does not. One locale, because all of them take six times as long.
 */
export async function loadFaker(): Promise<void> {
  loaded ??= ours((await import("@faker-js/faker/locale/en")).faker);
}

/**
 * Values by faker (fakerjs.dev), the same for the same seed, collection and index. English; its dates are relative to the dataset's `now`.
 * @example document: () => ({ name: faker.person.fullName() })
 */
export const faker: Faker = standIn(() => {
  loaded ??= ours(createRequire(import.meta.url)("@faker-js/faker/locale/en").faker);
  return loaded;
});

function ours(theirs: Faker): Faker {
  const randomizer = { next: () => random().next(), seed: () => undefined };
  const options = { locale: theirs.rawDefinitions, randomizer };
  const made: Faker = Reflect.construct(theirs.constructor, [options]);
  made.setDefaultRefDate(() => new Date(theMoment("faker").now));
  return made;
}

const random = (): Random => theMoment("faker").random;

/** The object itself on first use. */
function standIn(load: () => Faker): Faker {
  return new Proxy(Object.create(null), { get: (_target, name) => Reflect.get(load(), name) });
}
