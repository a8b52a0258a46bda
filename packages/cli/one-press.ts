// npm, which runs `npx dev`, forwards the signal that the terminal sent to both: a person's two presses are further apart.
const onePressMs = 100;

/** Calls `act` once for signals that come together, and again for one that comes later. `now` in milliseconds. */
export function onePress(act: () => void, now: () => number = () => performance.now()): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const isSame = now() - last < onePressMs;
    last = now();
    if (!isSame) act();
  };
}
