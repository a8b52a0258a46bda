import { describeStarter } from "./fixtures/describe-starter.ts";
import { missingPrograms } from "./fixtures/machine.ts";

describeStarter({
  place: "embedded",
  title: "nothing but Node",
  absence: missingPrograms("npm"),
  providers: ["embedded MongoDB", "embedded Redis", "embedded edge"],
});
