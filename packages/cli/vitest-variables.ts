/** What the plugin was given, for the run; JSON. */
export const optionsVariable = "DRYDOCK_VITEST_OPTIONS";

/** Where the run's workers ask for their databases. */
export const keeperVariable = "DRYDOCK_VITEST_KEEPER";
