/**
 * The terminal as Ink is to see it: without its height, so that Ink never erases the scrollback (it does where a frame is as high
 * as the terminal, as while that is made smaller), and without news of its size, since the screen sets Ink up anew for each.
 */
export function inkStdout(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get(target, name) {
      if (name === "rows") return undefined;
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "on")
        return (event: string, listener: () => void) => event !== "resize" && target.on(event, listener);
      return value.bind(target);
    },
  });
}
