import { emptyReference, noSuchCollection } from "../errors.ts";
import { shuffled } from "../generate/permutation.ts";
import type { Ref } from "./id.ts";
import { type Moment, theMoment } from "./moment.ts";
import { evenly, type Spread } from "./spreads.ts";

/**
 * The id of a document in another collection, or in this one. The types know the collections of the dataset.
 * @example customer: ref("customers", skewed(0.8))
 * @throws DevError NO_SUCH_COLLECTION, EMPTY_REFERENCE
 */
export function ref<const Name extends string>(collection: Name, spread: Spread = evenly): Ref<Name> {
  const moment = theMoment("ref");
  return moment.world.idOf(collection, choose(moment, collection, spread));
}

/** How many different ids of a collection: `refs("tags", 3)` has no tag twice; fewer where the collection has fewer. */
export function refs<const Name extends string>(
  collection: Name,
  amount: number,
  spread: Spread = evenly,
): readonly Ref<Name>[] {
  const moment = theMoment("refs");
  const wanted = Math.min(amount, moment.world.countOf(collection));
  const chosen = new Set<number>();
  // A skewed spread meets the same ones often: after a while the neighbours are taken.
  for (let tries = 0; chosen.size < wanted && tries < wanted * 20; tries++)
    chosen.add(choose(moment, collection, spread));
  for (let index = 0; chosen.size < wanted; index++) chosen.add(index);
  return [...chosen].map((index) => moment.world.idOf(collection, index));
}

/**
 * A whole document of a collection, for what is kept twice.
 * @example const { _id, name } = one<{ _id: Ref<"customers">; name: string }>("customers", skewed(0.8));
 * @throws DevError NO_SUCH_COLLECTION, EMPTY_REFERENCE, REFERENCE_CYCLE
 */
export function one<Document extends object = Readonly<Record<string, unknown>>>(
  collection: string,
  spread: Spread = evenly,
): Document {
  const moment = theMoment("one");
  return moment.world.documentOf(collection, choose(moment, collection, spread)) as Document;
}

function choose(moment: Moment, collection: string, spread: Spread): number {
  const { world, random, name } = moment;
  const count = world.countOf(collection);
  if (count < 0) throw noSuchCollection(collection, name);
  if (count === 0) throw emptyReference(collection, name);
  const chosen = spread(random, count, (rank) => shuffled(world.keyOf(collection), rank, count));
  return Math.min(count - 1, Math.max(0, Math.floor(chosen)));
}
