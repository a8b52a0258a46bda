import { CommandError } from "../command-error.ts";
import { readFloat } from "../numbers.ts";

/** Which part of a sorted set is meant: from the first member that is not too low to the last that is not too high. */
export interface MemberRange {
  isAboveMin(score: number, member: string): boolean;
  isBelowMax(score: number, member: string): boolean;
}

const badScore = () => new CommandError("ERR min or max is not a float");
const badText = () => new CommandError("ERR min or max not valid string range item");

function readBound(text: string): { readonly value: number; readonly isOpen: boolean } {
  const isOpen = text.startsWith("(");
  const value = readFloat(isOpen ? text.slice(1) : text);
  if (value === undefined) throw badScore();
  return { value, isOpen };
}

/** Scores from `min` to `max`; a bound after "(" is not included. @throws CommandError */
export function scoreRange(min: string, max: string): MemberRange {
  const [low, high] = [readBound(min), readBound(max)];
  return {
    isAboveMin: (score) => (low.isOpen ? score > low.value : score >= low.value),
    isBelowMax: (score) => (high.isOpen ? score < high.value : score <= high.value),
  };
}

/** Members from `min` to `max` by bytes: "[a", "(a", "-", "+". @throws CommandError */
export function textRange(min: string, max: string): MemberRange {
  const [isAboveMin, isBelowMax] = [textBound(min, 1), textBound(max, -1)];
  return { isAboveMin, isBelowMax };
}

/** `side` is 1 for what must be above the bound, -1 for what must be below. */
function textBound(text: string, side: 1 | -1): MemberRange["isAboveMin"] {
  if (text === "-") return () => side === 1;
  if (text === "+") return () => side === -1;
  const bound = text.slice(1);
  if (text[0] === "(") return (_score, member) => (side === 1 ? member > bound : member < bound);
  if (text[0] === "[") return (_score, member) => (side === 1 ? member >= bound : member <= bound);
  throw badText();
}
