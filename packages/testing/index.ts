export { eventually } from "./eventually.ts";
export { FakeClock } from "./fake-clock.ts";
