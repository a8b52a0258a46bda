/** One file that is not as it was. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly kind: "written" | "removed";
}
