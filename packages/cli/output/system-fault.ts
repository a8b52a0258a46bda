import { DevError } from "@drydock/core";

interface Fault {
  readonly says: string;
  readonly hint: string;
}

const full: Fault = {
  says: "The disk is full.",
  hint: "Make room, and run it again: `dev doctor` says how much is free here.",
};
const forbidden: Fault = {
  says: "This user may not do that.",
  hint: "Give the file to this user, or run dev as the user it belongs to.",
};
const tooMany: Fault = {
  says: "Too many files are open.",
  hint: "Raise the limit, and run it again: `ulimit -n 8192`.",
};

const faults: Readonly<Record<string, Fault>> = {
  ENOSPC: full,
  EDQUOT: { ...full, says: "This user's share of the disk is used up." },
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { says: "What was to be written is on a read-only disk.", hint: "Mount it so that it can be written." },
  EMFILE: tooMany,
  ENFILE: tooMany,
};

/**
 * What the machine refuses is no bug of ours: such an error as a person's; undefined for any other. Errors that came over the socket are known by
 * their message alone (`ENOSPC: no space left on device, write`).
 */
export function systemFault(error: unknown): DevError | undefined {
  if (!(error instanceof Error) || error instanceof DevError) return undefined;
  const [, code = ""] = /^(E[A-Z]+): /.exec(error.message) ?? [];
  const fault = Object.hasOwn(faults, code) ? faults[code] : undefined;
  return (
    fault && new DevError("SYSTEM_FAULT", fault.says, { evidence: [error.message], hint: fault.hint, cause: error })
  );
}
