/**
 * What a command asks of a user: nothing (before a login too), to be logged in, or one kind of action on its database; cluster actions are
 * those on the whole server. Roles are mapped to these kinds, which is coarser than MongoDB's privileges (manual, "Built-In Roles").
 */
export type Access = "none" | "login" | "read" | "write" | "dbAdmin" | "userAdmin" | "clusterMonitor" | "clusterAdmin";
