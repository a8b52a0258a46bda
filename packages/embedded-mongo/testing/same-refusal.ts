/** What came of one case: nothing, when it was not refused, or the code of the error. */
export type Refusal = number | undefined;

// By the operator: codes that MongoDB's own sources and manual say are ours, and another server's.
const decidedOtherwise: ReadonlySet<string> = new Set([
  // Updates: a field in an array by a name that is no index; `$[]` where there is no array; a name with a dollar. An unknown expression.
  "any 28 9",
  "any 2 28",
  "any 52 2",
  "any 168 31325",
  "$project 15969 40272",
  "$lookup 9 40319",
  "$sort 15973 2",
  "$sort 15975 1",
  "$sort 15974 1",
  "$sort 15974 2",
  "$sort 16410 1",
  "$replaceRoot 40229 40272",
  "$facet 40169 15947",
  "$facet 40170 14",
  "$facet 16410 14",
  "$sortByCount 40149 40147",
  "$sortByCount 40148 40147",
  "$sortByCount 15983 40181",
  "$unionWith 9 2",
  "$unwind 40352 28818",
  "$count 40157 40156",
  "$type 14 2",
  "$jsonSchema 14 2",
  "$jsonSchema 14 9",
  "$addToSet 14 2",
  "$rename 2 40",
  "$pop 14 2",
  "$setIsSubset 17046 17310",
]);

/** Whether two servers refuse a case of one operator alike; whether both refuse it is not asked. */
export const isSameRefusal = (operator: string, ours: Refusal, theirs: Refusal): boolean =>
  ours === undefined ||
  theirs === undefined ||
  ours === theirs ||
  decidedOtherwise.has(`${operator} ${ours} ${theirs}`) ||
  decidedOtherwise.has(`any ${ours} ${theirs}`);
