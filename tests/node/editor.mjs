// What VS Code says of files when it has the settings that are given; argument: a JSON file with settings and files.
import { readFileSync } from "node:fs";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";

const { settings, files } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const service = getLanguageService({ schemaRequestService: (uri) => Promise.reject(`nothing is fetched: ${uri}`) });
const schemas = settings["json.schemas"].map(({ url, fileMatch, schema }) => ({ uri: url, fileMatch, schema }));
service.configure({ validate: true, schemas });
const said = {};
for (const [name, text] of Object.entries(files)) {
  const document = TextDocument.create(`file:///${name}`, "json", 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document), { schemaRequest: "error" });
  said[name] = found.map((each) => each.message);
}
process.stdout.write(JSON.stringify(said));
