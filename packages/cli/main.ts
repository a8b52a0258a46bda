import { version } from "./version.ts";

// Nothing is imported before it is known to be needed: `dev --version` starts as fast as Node does.
const [first, ...rest] = process.argv.slice(2);
if (process.argv.length === 3 && (first === "--version" || first === "-V")) {
  process.stdout.write(`${version}\n`);
} else if (first === "__supervise") {
  const { runSupervisor } = await import("./run-supervisor.ts");
  process.exit(await runSupervisor(rest));
} else if (first === "__forward") {
  const { runForwarderProcess } = await import("./run-forwarder.ts");
  process.exit(await runForwarderProcess(rest));
} else if (first === "__seed") {
  // A thread of the supervisor: it stays as long as its port does.
  const { seedThread } = await import("./run-seed-thread.ts");
  seedThread();
} else if (first === "__servers") {
  const { serverThread } = await import("./run-server-thread.ts");
  serverThread();
} else {
  const { runProgram } = await import("./run-program.ts");
  let isDone = false;
  // A dev.config.ts or a dataset that ends the process, or waits for what can never come, must not look like success.
  process.once("exit", () => {
    if (isDone) return;
    process.stderr.write(
      "dev ended before it was done: code of this project, such as dev.config.ts, ended it or waits for what never comes.\n",
    );
    process.exitCode = 1;
  });
  process.exitCode = await runProgram(process.argv);
  isDone = true;
  // Sockets that are kept alive must not hold the process, and what was written must arrive first.
  for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write("", resolve));
  process.exit();
}
