import { configureGlobal } from "fast-check";

// In CI a red build is about the change: property tests run the same cases each time, more of them in `npm run test:full`.
// Elsewhere each run tries other cases; PROPERTY_SEED repeats one.
const { CI, PROPERTY_SEED } = process.env;
const seed = PROPERTY_SEED ?? (CI ? "20260101" : undefined);
if (seed !== undefined) configureGlobal({ seed: Number(seed) });
