import { expect, test } from "vitest";
import { asksOnlyForPrimary } from "./mongo-check.ts";

const starter = `try { rs.status() } catch (error) {
  if (error.codeName !== "NotYetInitialized") throw error
  rs.initiate({ _id: "rs0", members: [{ _id: 0, host: "mongo:27017" }] })
}
quit(db.hello().isWritablePrimary ? 0 : 1)`;

test.each([
  [["mongosh", "--quiet", "mongodb://127.0.0.1:27017/admin?directConnection=true", "--eval", starter]],
  [["mongosh", "--eval", "db.adminCommand('ping')"]],
  [["/bin/sh", "-c", "echo 'db.runCommand(\"ping\").ok' | mongosh localhost:27017/test --quiet"]],
  [
    [
      "/bin/sh",
      "-c",
      "echo \"try { rs.status() } catch (err) { rs.initiate({_id:'rs0',members:[{_id:0,host:'db:27017'}]}) }\" | mongosh --quiet",
    ],
  ],
])("hello answers for %j", (command) => {
  expect(asksOnlyForPrimary(command)).toBe(true);
});

test.each([
  [["mongosh", "-u", "root", "-p", "secret", "--eval", "db.adminCommand('ping')"]],
  [["mongosh", "mongodb://root:secret@localhost/admin", "--eval", "db.adminCommand('ping')"]],
  [["mongosh", "--eval", "quit(db.orders.countDocuments() > 0 ? 0 : 1)"]],
  [["mongosh", "/check.js"]],
  [["mongosh", "--port", "27018", "--eval", "db.hello()"]],
  [["/bin/sh", "-c", "mongosh --eval 'db.hello()' && test -f /ready"]],
  [["curl", "localhost"]],
])("only %j itself can answer", (command) => {
  expect(asksOnlyForPrimary(command)).toBe(false);
});
