import { describeStarter } from "./fixtures/describe-starter.ts";
import { missingPrograms } from "./fixtures/machine.ts";

describeStarter({
  place: "programs",
  title: "programs of this machine",
  absence: missingPrograms("mongod", "redis-server", "nginx", "npm"),
  providers: ["mongod on PATH", "redis-server on PATH", "nginx on PATH"],
});
