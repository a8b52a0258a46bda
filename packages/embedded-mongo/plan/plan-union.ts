import type { MatchExpression } from "../match/expression.ts";
import type { IndexInfo } from "../storage/store.ts";
import type { Candidate } from "./candidate.ts";
import { type CandidateRequest, indexCandidate } from "./index-candidate.ts";
import type { Access, IndexScan } from "./plan.ts";
import { conjunctsOf } from "./predicates.ts";

/** A scan for each branch of an `$or` at the top, when every branch finds one; undefined otherwise. */
export function planUnion(request: CandidateRequest, indexes: readonly IndexInfo[]): Access | undefined {
  const conjuncts = conjunctsOf(request.expression);
  for (const conjunct of conjuncts) {
    if (conjunct.kind !== "or") continue;
    const others = conjuncts.filter((each) => each !== conjunct);
    const scans = conjunct.children.map((branch) => scanFor(branch, others, request, indexes));
    const found = scans.filter((scan) => scan !== undefined);
    if (found.length === scans.length && found.length > 0) return { kind: "union", scans: found };
  }
  return undefined;
}

function scanFor(
  branch: MatchExpression,
  others: readonly MatchExpression[],
  request: CandidateRequest,
  indexes: readonly IndexInfo[],
): IndexScan | undefined {
  const expression: MatchExpression = { kind: "and", children: [branch, ...others] };
  const candidates = indexes.flatMap((index) => indexCandidate(index, { ...request, expression, sort: [] }) ?? []);
  return candidates.filter(isNarrow).sort((a, b) => worth(b) - worth(a))[0]?.scan;
}

const isNarrow = ({ equalities, hasRange }: Candidate): boolean => equalities > 0 || hasRange;

const worth = ({ equalities, hasRange }: Candidate): number => 2 * equalities + Number(hasRange);
