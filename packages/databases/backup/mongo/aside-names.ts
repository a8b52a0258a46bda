/** The prefix of collections that are loaded aside. */
export const asidePrefix = "_drydock_restore.";

/** The collection that says that all of them are there, and are taking their places. */
export const wholeMark = "_drydock_restore";

/** Whether a collection is there only while data is loaded. */
export const isOfLoading = (name: string): boolean => name === wholeMark || name.startsWith(asidePrefix);
