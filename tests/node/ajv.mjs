// Judges notifications by schemas, given on standard input as [{schema, notifications}]; writes arrays of booleans.
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";

const judged = JSON.parse(readFileSync(0, "utf8")).map(({ schema, notifications }) => {
  const ajv = new Ajv2020.default({ strictTypes: false });
  addFormats.default(ajv);
  return notifications.map(ajv.compile(schema));
});
console.log(JSON.stringify(judged));
