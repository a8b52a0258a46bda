import { setMaxListeners } from "node:events";
import { inspect } from "node:util";

/**
 * Makes an object print as one word. docker-modem formats the whole of each request for its debug log, also when nobody reads
 * it: an agent with open sockets costs it 20 ms a request, this nothing.
 */
export function terse<T extends object>(object: T): T {
  if (!Object.hasOwn(object, inspect.custom))
    Object.defineProperty(object, inspect.custom, { value: () => object.constructor.name });
  return object;
}

/** A signal as a request takes it: terse, and without a warning when more than ten requests at once listen to it. */
export function forRequest(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return terse(signal);
}
