/**
 * What a command asks of a user: nothing (before a login too), to be logged in, or one kind of action on a database: to look at its catalog, to
 * read, to make and drop collections and indexes, to write, to administer it or its users; cluster actions are those on the whole server.
 * Roles are mapped to these kinds, which is coarser than MongoDB's privileges (manual, "Built-In Roles").
 */
export type Access =
  | "none"
  | "login"
  | "inspect"
  | "read"
  | "structure"
  | "write"
  | "dbAdmin"
  | "userAdmin"
  | "clusterMonitor"
  | "clusterAdmin";

/** A kind of action on one database. */
export interface Demand {
  readonly access: Access;
  readonly database: string;
}
