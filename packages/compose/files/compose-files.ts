/** Reads files; given by the caller, because this package does no I/O. Paths are absolute. */
export interface ComposeFiles {
  /** The text of a file; undefined when there is none. `-` is standard input. */
  read(path: string): string | undefined;
  isDirectory(path: string): boolean;
}
