import { request } from "node:http";
import { deserializeError } from "@drydock/core";

/** A worker's databases, as they were at the beginning: their variables. @throws DevError why there are none */
export function askKeeper(address: string, worker: string): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${address}/${worker}`, { method: "POST", agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.once("error", reject).once("end", () => {
        const body = JSON.parse(text);
        if (response.statusCode === 200) resolve(body);
        else reject(deserializeError(body));
      });
    });
    outgoing.once("error", reject).end();
  });
}
