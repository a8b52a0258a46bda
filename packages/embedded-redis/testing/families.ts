import { basicFamilies } from "./basic-families.ts";
import type { Family } from "./command-grammar.ts";
import { specialFamilies } from "./special-families.ts";

/** All families that are compared. */
export const families: readonly Family[] = [...basicFamilies, ...specialFamilies];
