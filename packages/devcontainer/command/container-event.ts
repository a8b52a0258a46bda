/** What happens while a dev container comes up. */
export type ContainerEvent =
  | {
      readonly kind: "step";
      /** `postCreateCommand`. */
      readonly name: string;
      /** What it runs, where that is known. */
      readonly detail?: string;
      readonly phase: "started" | "done" | "failed";
    }
  /** A line that Docker or a command of the configuration wrote, without colours. */
  | { readonly kind: "output"; readonly text: string };

/** Takes an event. Never throws, never waits. */
export type EmitContainerEvent = (event: ContainerEvent) => void;
