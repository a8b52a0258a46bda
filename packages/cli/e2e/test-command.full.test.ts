import { describe } from "vitest";
import { dockerAbsence, missingPrograms, reasonText } from "./fixtures/machine.ts";
import { testCommandPromises } from "./fixtures/test-command.ts";

describe("dev test on the embedded servers", () => testCommandPromises("embedded", true));

const noPrograms = missingPrograms("mongod", "redis-server");
describe.skipIf(noPrograms !== undefined)(`dev test on mongod and redis-server of PATH${reasonText(noPrograms)}`, () =>
  testCommandPromises("programs", true),
);

const noDocker = dockerAbsence();
describe.skipIf(noDocker !== undefined)(`dev test on a Docker engine${reasonText(noDocker)}`, () =>
  testCommandPromises("docker", true),
);
