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
