// Reads AsyncAPI documents with the official parser; writes what it found in them, and the YAML as JSON.
import { Parser } from "@asyncapi/parser";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const ERROR = 0;
const found = [];
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf8");
  const { document, diagnostics } = await new Parser().parse(text);
  found.push({
    errors: diagnostics.filter((each) => each.severity === ERROR).map((each) => `${each.path.join("/")}: ${each.message}`),
    remarks: diagnostics.filter((each) => each.severity !== ERROR).map((each) => each.code),
    channels: document?.allChannels().all().map((channel) => channel.address()),
    messages: document?.allMessages().all().map((message) => message.name()),
    operations: document?.allOperations().all().map((operation) => operation.action()),
    content: parse(text),
  });
}
console.log(JSON.stringify(found));
