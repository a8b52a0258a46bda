declare const __DRYDOCK_VERSION__: string;

/** The version of the published package; the build puts it in. `0.0.0` when run from sources. */
export const version = typeof __DRYDOCK_VERSION__ === "string" ? __DRYDOCK_VERSION__ : "0.0.0";
