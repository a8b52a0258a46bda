import { MongoError } from "../../errors/mongo-error.ts";
import type { OperatorTable } from "./expression.ts";

const runsNoJavaScript: OperatorTable[string] = (_argument, _compiler, name) => {
  throw new MongoError("CommandNotSupported", `${name} is not supported: this server runs no JavaScript`);
};

/** `$rand`, and operators that this server names and refuses. */
export const specialOperators: OperatorTable = {
  $rand: () => () => Math.random(),
  $function: runsNoJavaScript,
  $accumulator: runsNoJavaScript,
};
