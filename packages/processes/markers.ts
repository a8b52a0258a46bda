/** `DRYDOCK_SESSION=<id>`: the word in the environment of every child of a session. */
export const sessionMarker = (sessionId: string): string => `DRYDOCK_SESSION=${sessionId}`;

/** `DRYDOCK_PROJECT=<directory>`: the word in the environment of every child of a checkout. */
export const projectMarker = (directory: string): string => `DRYDOCK_PROJECT=${directory}`;

/** `DRYDOCK_SERVICE=<label>`: the word in the environment of every process of one instance. */
export const serviceMarker = (label: string): string => `DRYDOCK_SERVICE=${label}`;

/** `DRYDOCK_RUN=<id>`: the word in the environment of every process of one life of an instance, its restarts included. */
export const runMarker = (run: string): string => `DRYDOCK_RUN=${run}`;

/** The variables that mark a child, so that it is found again when nothing else is known of it. */
export function markers(sessionId: string, directory: string, label: string): Readonly<Record<string, string>> {
  return { DRYDOCK_SESSION: sessionId, DRYDOCK_PROJECT: directory, DRYDOCK_SERVICE: label };
}

/** The same environment without markers: for what a person starts, which must not end with the session. */
export function withoutMarkers(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("DRYDOCK_")));
}
