import { accessControlCommands } from "./admin/access-control-commands.ts";
import { clusterCommands } from "./admin/cluster.ts";
import { commandCommands } from "./admin/command-info.ts";
import { configCommands } from "./admin/config.ts";
import { debugCommands } from "./admin/debug.ts";
import { flushCommands } from "./admin/flush.ts";
import { infoCommands } from "./admin/info.ts";
import { latencyCommands } from "./admin/latency.ts";
import { memoryCommands } from "./admin/memory.ts";
import { moduleCommands } from "./admin/module.ts";
import { serverState } from "./admin/server-state.ts";
import { slowLogCommands } from "./admin/slow-log.ts";
import { bitFields } from "./bitmaps/bit-fields.ts";
import { bitOperations } from "./bitmaps/bit-operations.ts";
import { bits } from "./bitmaps/bits.ts";
import type { Command } from "./command.ts";
import { clientCommands } from "./connection/client-commands.ts";
import { handshake } from "./connection/handshake.ts";
import { deleteAndExist } from "./generic/delete-and-exist.ts";
import { expiry } from "./generic/expiry.ts";
import { keyNames } from "./generic/key-names.ts";
import { objectCommands } from "./generic/object.ts";
import { renameAndCopy } from "./generic/rename-and-copy.ts";
import { sortCommands } from "./generic/sort.ts";
import { geoMembers } from "./geo/geo-members.ts";
import { geoSearch } from "./geo/geo-search.ts";
import { fieldExpiry } from "./hashes/field-expiry.ts";
import { getWithExpiry } from "./hashes/get-with-expiry.ts";
import { hashFields } from "./hashes/hash-fields.ts";
import { hashNumbers } from "./hashes/hash-numbers.ts";
import { randomFields } from "./hashes/random-fields.ts";
import { hyperLogLog } from "./hyperloglog/hyperloglog.ts";
import { blockingPops } from "./lists/blocking-pops.ts";
import { listElements } from "./lists/list-elements.ts";
import { listMoves } from "./lists/list-moves.ts";
import { pushAndPop } from "./lists/push-and-pop.ts";
import { dumpAndRestore } from "./persistence/dump-and-restore.ts";
import { saveCommands } from "./persistence/save.ts";
import { waitForFile } from "./persistence/wait-for-file.ts";
import { pubSubCommands } from "./pub-sub/pub-sub-commands.ts";
import { evalCommands } from "./scripting/eval.ts";
import { functionCalls } from "./scripting/fcall.ts";
import { functionCommands } from "./scripting/function.ts";
import { scriptCommands } from "./scripting/script.ts";
import { setAlgebra } from "./sets/set-algebra.ts";
import { setMembers } from "./sets/set-members.ts";
import { addMemberCommands } from "./sorted-sets/add-members.ts";
import { sortedSetAlgebra } from "./sorted-sets/algebra.ts";
import { memberQueries } from "./sorted-sets/member-queries.ts";
import { sortedSetPops } from "./sorted-sets/pops.ts";
import { sortedSetRanges } from "./sorted-sets/ranges.ts";
import { sortedSetRemovals } from "./sorted-sets/removals.ts";
import { addAndTrim } from "./streams/add-and-trim.ts";
import { claimCommands } from "./streams/claim.ts";
import { groupCommands } from "./streams/groups.ts";
import { pendingCommands } from "./streams/pending.ts";
import { readEntries } from "./streams/read-entries.ts";
import { readGroup } from "./streams/read-group.ts";
import { streamInfoCommands } from "./streams/stream-info.ts";
import { counters } from "./strings/counters.ts";
import { getAndSet } from "./strings/get-and-set.ts";
import { longestCommonSubsequence } from "./strings/longest-common-subsequence.ts";
import { setVariants } from "./strings/set-variants.ts";
import { stringRanges } from "./strings/string-ranges.ts";
import { transactions } from "./transactions/transactions.ts";

const families: readonly (readonly Command[])[] = [
  handshake,
  clientCommands,
  [...getAndSet, ...setVariants, ...stringRanges, ...counters, ...longestCommonSubsequence],
  [...bits, ...bitOperations, ...bitFields],
  [...deleteAndExist, ...expiry, ...renameAndCopy, ...keyNames, ...objectCommands, ...sortCommands],
  [...pushAndPop, ...listElements, ...listMoves, ...blockingPops],
  [...setMembers, ...setAlgebra],
  [...hashFields, ...hashNumbers, ...randomFields, ...fieldExpiry, ...getWithExpiry],
  [...addMemberCommands, ...sortedSetRanges, ...memberQueries],
  [...sortedSetRemovals, ...sortedSetPops, ...sortedSetAlgebra],
  [...addAndTrim, ...readEntries, ...groupCommands, ...readGroup, ...pendingCommands],
  [...claimCommands, ...streamInfoCommands],
  [...hyperLogLog, ...geoMembers, ...geoSearch],
  transactions,
  pubSubCommands,
  [...configCommands, ...infoCommands, ...commandCommands, ...accessControlCommands],
  [...flushCommands, ...serverState, ...slowLogCommands, ...memoryCommands, ...latencyCommands, ...debugCommands],
  [...evalCommands, ...functionCalls, ...scriptCommands, ...functionCommands],
  [...clusterCommands, ...moduleCommands],
  [...saveCommands, ...waitForFile, ...dumpAndRestore],
];

/** All commands by name. */
export function commandTable(): ReadonlyMap<string, Command> {
  return new Map(families.flat().map((command) => [command.name, command]));
}
