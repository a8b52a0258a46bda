import type { Matcher } from "../match/matcher.ts";
import type { Plan } from "../plan/plan.ts";
import type { CollectionReader, StoredRecord } from "../storage/store.ts";

/**
 * The records that match, in the plan's order and each once, read as they are asked for. `examine` is called for every record that is looked
 * at, whether it matches or not: it counts, and it may throw to end the search.
 */
export function* findRecords(
  reader: CollectionReader,
  _plan: Plan,
  matcher: Matcher,
  examine: () => void = () => {},
): Generator<StoredRecord, void> {
  for (const record of reader.scan()) {
    examine();
    if (matcher.matches(record.document)) yield record;
  }
}
