import { wholeNumber } from "../../run/collection-statistics.ts";
import type { Examined } from "../../run/examined.ts";
import { Document } from "../../values/document.ts";

/** What was planned. Other plans are not kept: they were never worked out to the end. */
export const queryPlanner = (namespace: string, filter: Document, plan: Document): Document =>
  Document.from([
    ["namespace", namespace],
    ["parsedQuery", filter],
    ["indexFilterSet", false],
    ["maxIndexedOrSolutionsReached", false],
    ["maxIndexedAndSolutionsReached", false],
    ["maxScansToExplodeReached", false],
    ["winningPlan", plan],
    ["rejectedPlans", []],
  ]);

/** What it took to run the plan, in milliseconds. */
export const executionStats = (returned: number, ms: number, examined: Examined, plan: Document): Document =>
  Document.from([
    ["executionSuccess", true],
    ["nReturned", wholeNumber(returned)],
    ["executionTimeMillis", wholeNumber(Math.round(ms))],
    ["totalKeysExamined", wholeNumber(examined.keys)],
    ["totalDocsExamined", wholeNumber(examined.documents)],
    ["executionStages", Document.from([...plan.fields(), ["nReturned", wholeNumber(returned)]])],
  ]);
