import { BrokenRdb, type RdbWindow } from "./rdb-window.ts";

/**
 * Goes past a value of an RDB file without reading it: where it ends is all that its copy needs. What each type is made of: rdb.c of Redis, `rdbLoadObject`.
 * @throws BrokenRdb for a type that it does not know
 */
export function skipValue(type: number, window: RdbWindow): void {
  const skip = skips[type];
  if (!skip) throw new BrokenRdb(`a value has type ${type}, which is of a module or of a newer Redis`);
  skip(window);
}

type Skip = (window: RdbWindow) => void;

const string: Skip = (window) => window.skipString();
const strings =
  (each: number): Skip =>
  (window) => {
    for (let left = window.length() * each; left > 0; left--) window.skipString();
  };

/** Scores as text: a length of 253 to 255 is NaN and the infinities. */
const textScores: Skip = (window) => {
  for (let left = window.length(); left > 0; left--) {
    window.skipString();
    const length = window.byte();
    if (length < 253) window.take(length);
  }
};
const binaryScores: Skip = (window) => {
  for (let left = window.length(); left > 0; left--) {
    window.skipString();
    window.take(8);
  }
};
/** Nodes that are plain or packed, each with the word which. */
const quicklist2: Skip = (window) => {
  for (let left = window.length(); left > 0; left--) {
    window.length();
    window.skipString();
  }
};

/** Listpacks by their first id; length and last id; since the second form more ids; groups with what is pending, and consumers. */
const stream =
  (form: 1 | 2 | 3): Skip =>
  (window) => {
    strings(2)(window);
    for (let left = form === 1 ? 3 : 8; left > 0; left--) window.length();
    for (let groups = window.length(); groups > 0; groups--) {
      window.skipString();
      for (let left = form === 1 ? 2 : 3; left > 0; left--) window.length();
      for (let pending = window.length(); pending > 0; pending--) {
        window.take(16 + 8);
        window.length();
      }
      for (let consumers = window.length(); consumers > 0; consumers--) {
        window.skipString();
        window.take(form === 3 ? 16 : 8);
        window.take(16 * window.length());
      }
    }
  };

/** Hashes whose fields expire: the earliest time (not in the preview's form), then a time, field and value each. */
const expiringHash =
  (hasEarliest: boolean): Skip =>
  (window) => {
    if (hasEarliest) window.take(8);
    for (let left = window.length(); left > 0; left--) {
      window.length();
      window.skipString();
      window.skipString();
    }
  };
const expiringListpack =
  (hasEarliest: boolean): Skip =>
  (window) => {
    if (hasEarliest) window.take(8);
    window.skipString();
  };

const skips: Readonly<Record<number, Skip>> = {
  0: string,
  1: strings(1),
  2: strings(1),
  3: textScores,
  4: strings(2),
  5: binaryScores,
  9: string,
  10: string,
  11: string,
  12: string,
  13: string,
  14: strings(1),
  15: stream(1),
  16: string,
  17: string,
  18: quicklist2,
  19: stream(2),
  20: string,
  21: stream(3),
  22: expiringHash(false),
  23: expiringListpack(false),
  24: expiringHash(true),
  25: expiringListpack(true),
};
