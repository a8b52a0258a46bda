import type { PerEach } from "../language/dataset.ts";
import { MovingContext, type Parentage } from "../language/document-context.ts";
import type { World } from "../language/moment.ts";
import type { Children } from "./children.ts";
import { Random } from "./random.ts";

/** What gives documents, or keys: its function, its count, and where it is. */
export interface Source {
  /** 32 bits of dataset, seed and name. */
  readonly key: number;
  readonly make: (context: MovingContext) => object;
  /** What the dataset says of its count. */
  readonly defined: number | PerEach<string>;
  /** Another count that was asked for. */
  readonly wanted: number | undefined;
  readonly context: MovingContext;
  readonly moment: MovingMoment;
  /** Undefined until it was counted. */
  count: number | undefined;
  children: Children | undefined;
  /** Whether its documents have the ids that `id` gives; undefined until that was looked at. */
  hasPlainIds: boolean | undefined;
  /** Of the document that is being made. */
  ownId: { toHexString(): string } | undefined;
}

/** The moment of a source: the same object from document to document. */
interface MovingMoment {
  random: Random;
  readonly now: number;
  readonly name: string;
  index: number;
  count: number;
  readonly key: number;
  readonly world: World;
}

/** What a source is made of. */
interface SourceParts extends Pick<Source, "key" | "make" | "defined" | "wanted"> {
  readonly name: string;
  readonly now: number;
  readonly world: World;
  readonly parentage: (source: Source) => Parentage;
}

/** A source that was not counted yet. */
export function makeSource({ name, key, now, defined, wanted, make, world, parentage }: SourceParts): Source {
  const moment = { random: new Random(), now, name, index: 0, count: 0, key, world };
  const source: Source = {
    key,
    make,
    defined,
    wanted,
    count: undefined,
    children: undefined,
    hasPlainIds: undefined,
    ownId: undefined,
    moment,
    context: new MovingContext(moment, () => parentage(source)),
  };
  return source;
}
