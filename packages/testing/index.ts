export { anyCharacter } from "./any-character.ts";
export { eventually } from "./eventually.ts";
export { FakeClock } from "./fake-clock.ts";
export { FakeEngine } from "./fake-engine.ts";
export {
  checkStarterContract,
  type FollowedOrder,
  placeOrderAndSeeItDone,
  type StarterAddresses,
} from "./starter-contract.ts";
export { testEnvironment, testService } from "./test-service.ts";
