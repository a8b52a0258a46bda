import type { Law } from "./law.ts";
import { arrowsPointDown, screenKnowsNoEngine, testingStaysInTests } from "./laws/arrows-point-down.ts";
import { enginesAreMadeInOnePlace } from "./laws/engines-are-made-in-one-place.ts";
import { filesAreShort } from "./laws/file-length.ts";
import { screenIsLoadedLazily, startLoadsNothingHeavy } from "./laws/light-start.ts";
import { manifestsListNothingElse, manifestsListWhatIsImported, versionsAgree } from "./laws/manifests-list-imports.ts";
import { noBarrels } from "./laws/no-barrels.ts";
import { noCycles } from "./laws/no-cycles.ts";
import { lowerFloorsDoNoInputOutput } from "./laws/no-input-output.ts";
import { noVendorTypeIsPromised } from "./laws/no-vendor-types.ts";
import { oneFileExits } from "./laws/one-exit.ts";
import { nothingActsWhenImported, packagesMeetAtTheirIndex } from "./laws/package-boundaries.ts";
import { referencesEqualDependencies } from "./laws/tsconfig-references.ts";
import { vendorsHaveOneDoor } from "./laws/vendor-doors.ts";

/** The laws of the architecture, most telling first. */
export const allLaws: readonly Law[] = [
  arrowsPointDown,
  screenKnowsNoEngine,
  testingStaysInTests,
  packagesMeetAtTheirIndex,
  nothingActsWhenImported,
  lowerFloorsDoNoInputOutput,
  vendorsHaveOneDoor,
  noVendorTypeIsPromised,
  enginesAreMadeInOnePlace,
  oneFileExits,
  noCycles,
  noBarrels,
  startLoadsNothingHeavy,
  screenIsLoadedLazily,
  manifestsListWhatIsImported,
  manifestsListNothingElse,
  versionsAgree,
  referencesEqualDependencies,
  filesAreShort,
];
