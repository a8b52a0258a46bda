export { eventually } from "./eventually.ts";
export { FakeEngine } from "./fake-engine.ts";
export { FakeClock } from "./fake-clock.ts";
