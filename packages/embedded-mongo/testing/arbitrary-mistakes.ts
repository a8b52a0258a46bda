import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { arbitraryScalar } from "./arbitrary-documents.ts";

/** What an operator may be given by mistake. */
const operand: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: arbitraryScalar },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(-1, 0, 1.5, "", "$", "a", {}, []) },
  { weight: 2, arbitrary: fc.array(arbitraryScalar, { minLength: 1, maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.dictionary(fc.constantFrom("a", "$each", "$eq", "$in", "b"), arbitraryScalar, { maxKeys: 2 }),
  },
);

const under = (names: string): fc.Arbitrary<Plain> =>
  fc.tuple(fc.constantFrom(...names.split(" ")), operand).map(([name, value]) => ({ [name]: value }));

const ofField = under(
  "$in $nin $all $size $mod $type $not $elemMatch $regex $exists $bitsAllSet $bitsAnyClear $options $foo $geoWithin",
);

/** Filters of one operator with any operand: most of them are refused. */
export const arbitraryMistakenFilter: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 4, arbitrary: ofField.map((a) => ({ a })) },
  { weight: 1, arbitrary: under("$and $or $nor $foo $jsonSchema") },
);

/** Updates of one operator, on one path, with any operand. */
export const arbitraryMistakenUpdate: fc.Arbitrary<Plain> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          ..."$inc $mul $min $push $addToSet $pop $pull $pullAll $rename $bit $currentDate $unset $foo".split(" "),
        ),
        operand,
      )
      .map(([name, a]) => ({ [name]: { a } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("$set", "$inc", "$push", "$rename", "$unset", "$foo"),
        fc.oneof(arbitraryScalar, fc.array(arbitraryScalar)),
      )
      .map(([name, value]) => ({ [name]: value })),
  },
);

/** Stages with any operand. */
export const arbitraryMistakenStage: fc.Arbitrary<Plain> = under(
  "$limit $skip $project $unwind $group $sort $match $addFields $count $sample $bucket $facet $replaceRoot $sortByCount $lookup $unionWith $foo",
);
