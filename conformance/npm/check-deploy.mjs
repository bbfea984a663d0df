// Holds the files of deploy/ to their formats; ends with 1, and says why, if one does not fit:
//   node check-deploy.mjs FOLDER
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const folder = process.argv[2];
const modules = fileURLToPath(new URL('node_modules/', import.meta.url));
const problems = [];

/**
 * The same value, which notes the fields that somebody looks at. The compiled schemas look at every
 * field that they know and pass over others in silence; what nobody looked at, they do not know.
 */
function watched(value, path, unread) {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const copy = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    copy[key] = watched(value[key], `${path}/${key}`, unread);
    unread.add(`${path}/${key}`);
  }
  return new Proxy(copy, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`);
      return target[key];
    },
  });
}

/** The compiled schema of an object: that of a Deployment of `apps/v1` is `…AppsV1Deployment`. */
function schemaOf(object) {
  const words = object.apiVersion.split('/');
  const version = words.pop();
  const group = (words.pop() ?? 'core').split('.')[0];
  const name = [group, version, object.kind].map((word) => word[0].toUpperCase() + word.slice(1));
  return `${modules}kubernetes-models/_schemas/IoK8sApi${name.join('')}.js`;
}

/** Every object is what the schema of its kind says, and has no other fields. */
function kubernetes(file) {
  const objects = parseAllDocuments(readFileSync(file, 'utf8'));
  for (const document of objects) {
    document.errors.forEach((error) => problems.push(`${file}: ${error.message}`));
    const object = document.toJS();
    const name = `${file}: ${object?.kind} ${object?.metadata?.name}`;
    const unread = new Set();
    try {
      const { validate } = require(schemaOf(object));
      if (!validate(watched(object, '', unread))) {
        throw new Error(JSON.stringify(validate.errors));
      }
      unread.forEach((field) => problems.push(`${name}: there is no ${field}`));
    } catch (wrong) {
      problems.push(`${name}: ${wrong.message}`);
    }
  }
  return objects.length;
}

/** What a program says of a file, if it is not content. */
function lint(file, program, ...options) {
  const ran = spawnSync(program, [...options, file], { encoding: 'utf8' });
  if (ran.status !== 0) {
    problems.push(`${file}:\n${ran.error ?? ''}${ran.stdout ?? ''}${ran.stderr ?? ''}`);
  }
}

/** systemd's own check, where systemd is. It wants the program to exist, which it need not here. */
function systemd(file) {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) {
    console.log('systemd-analyze is not there: the unit is not checked');
    return;
  }
  const unit = readFileSync(file, 'utf8').replace(/^(ExecStart=)\S+/m, '$1/bin/true');
  const copy = mkdtempSync(join(tmpdir(), 'unit-'));
  try {
    writeFileSync(join(copy, 'parley.service'), unit);
    const ran = spawnSync('systemd-analyze', ['verify', '--man=no', join(copy, 'parley.service')],
      { encoding: 'utf8' });
    // A setting that it does not know is a warning only.
    if (ran.status !== 0 || ran.stderr !== '') {
      problems.push(`${file}:\n${ran.stdout}${ran.stderr}`);
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const read = kubernetes(join(folder, 'kubernetes/parley.yaml'));
if (read < 7) {
  problems.push(`only ${read} objects for Kubernetes`);
}
lint(join(folder, 'docker/Dockerfile'), process.execPath,
  modules + 'dockerfilelint/bin/dockerfilelint');
lint(join(folder, 'docker/compose.yaml'), process.execPath, modules + 'dclint/bin/dclint.cjs');
systemd(join(folder, 'systemd/parley.service'));

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('deploy: in order');
