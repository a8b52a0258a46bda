import { DevError } from "@drydock/core";

/** @throws nothing; builds NO_TERMINAL (exit 2): the screen was asked for where there is none. */
export const noTerminal = () =>
  new DevError("NO_TERMINAL", "The screen needs a terminal, and standard input or output is none.", {
    hint: "Run it without a pipe, or use `dev logs --follow` and `dev status`.",
    exitCode: 2,
  });

/** @throws nothing; builds STREAM_ENDED (exit 1): the supervisor closed the stream without an error. */
export const streamEnded = () =>
  new DevError("STREAM_ENDED", "it ended the stream of events.", { hint: "`dev up` starts it again." });
