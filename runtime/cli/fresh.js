// Plain JavaScript with node: imports only: it must run on a fresh clone, before anything is installed or built.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** A build unused for so long belongs to no running process, or to one that has loaded all it needs. */
const KEEP_BUILDS_MS = 7 * 24 * 60 * 60 * 1000;
const LOCK_WAIT_MS = 10 * 60 * 1000;

/** Installs the dependencies when node_modules is missing or older than the lock file; throws when npm fails. */
export function ensureInstalled() {
  if (!isInstallStale()) return;
  withLock('install', () => {
    if (!isInstallStale()) return;
    process.stderr.write('lintel: installing dependencies (npm ci)\n');
    const { status, error } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm ci failed in ${root}; run it by hand to see why`, { cause: error });
    // npm leaves the old date when nothing changed; the date is what says "newer than the lock".
    const now = new Date();
    utimesSync(join(root, 'node_modules', '.package-lock.json'), now, now);
  });
}

function isInstallStale() {
  const installed = statSync(join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return !installed || installed.mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Bundles the command line when a source changed; answers the path of the bundled entry. */
export async function ensureCli() {
  const folder = join(root, 'dist', 'cli', digestOf(['schemas', 'runtime', 'package-lock.json']));
  const entry = join(folder, 'entry.js');
  const source = join(root, 'runtime', 'cli', 'entry.ts');
  if (!existsSync(entry)) await publish(folder, (outDir) => bundleTo(outDir, source));
  return entry;
}

/** Builds the studio's pages into dist/studio when a source changed; answers the folder. */
export async function ensureStudio() {
  const folder = join(root, 'dist', 'studio');
  const stamp = join(folder, '.sources');
  const digest = digestOf(['schemas', 'runtime/engine', 'studio', 'vite.config.ts', 'package-lock.json']);
  const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (isBuilt()) return folder;
  await withLock('studio', async () => {
    if (isBuilt()) return;
    process.stderr.write('lintel: building the studio\n');
    const started = temporary('studio');
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const { status } = spawnSync(process.execPath, [vite, 'build', '--outDir', started, '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      // A caller's "test" would put the development build of React into the pages.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (status !== 0) {
      rmSync(started, { recursive: true, force: true });
      throw new Error('the studio did not build; see the lines above');
    }
    writeFileSync(join(started, '.sources'), digest);
    rmSync(folder, { recursive: true, force: true });
    renameSync(started, folder);
  });
  return folder;
}

/** Named by the digest of its sources, so a running process keeps its own build and a finished one is never half there. */
async function publish(folder, build) {
  const started = temporary('cli');
  mkdirSync(dirname(folder), { recursive: true });
  try {
    await build(started);
    renameSync(started, folder);
  } catch (error) {
    rmSync(started, { recursive: true, force: true });
    // Another process may have been quicker with the same sources.
    if (!existsSync(folder)) throw error;
  }
  removeOldBuilds(folder);
}

function temporary(name) {
  return join(root, 'dist', `.${name}-${process.pid}-${Date.now().toString(36)}`);
}

function removeOldBuilds(current) {
  const builds = dirname(current);
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (path !== current && found && Date.now() - found.mtimeMs > KEEP_BUILDS_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Dependencies that are pure and small are bundled for start-up speed; the others stay in node_modules. */
const bundled = /^(zod|xstate|immer|liquidjs|temporal-polyfill|temporal-utils|temporal-spec)(\/|$)/;

/** Bundles a source with all it imports as `entry.js` into a folder, which lies three folders below that of package.json. */
export async function bundleTo(outDir, source) {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: { entry: source },
    cwd: root,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id) && !bundled.test(id),
    plugins: [keepMissingModules(), keepSourceUrls()],
    // As with a missing module: one command's mistake is found by the type check, and stops that command alone.
    shimMissingExports: true,
    logLevel: 'silent',
  });
  await bundle.write({
    dir: outDir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: false,
  });
  await bundle.close();
}

/** A module that is not there fails the one command that asks for it, not every command. */
function keepMissingModules() {
  return {
    name: 'keep-missing-modules',
    resolveId(id, importer) {
      const isMissing = importer && id.startsWith('.') && !existsSync(resolve(dirname(importer), id));
      return isMissing && !importer.includes('node_modules')
        ? { id: resolve(dirname(importer), id), external: true }
        : null;
    },
  };
}

/** `import.meta.url` keeps naming the source file (migrations, assets and shipped configurations lie beside it), not the bundle. */
function keepSourceUrls() {
  return {
    name: 'keep-source-urls',
    transform(code, id) {
      if (!code.includes('import.meta.') || id.includes('node_modules') || !id.startsWith(root)) return null;
      const path = relative(root, id).split(sep).map(encodeURIComponent).join('/');
      // dist/cli/<digest>/chunk.js is three folders deep.
      const url = `new URL(${JSON.stringify(`../../../${path}`)}, import.meta.url)`;
      return {
        code: code
          .replaceAll(/\bimport\.meta\.(url|dirname|filename)\b/g, '\0$1')
          .replaceAll('\0url', `${url}.href`)
          .replaceAll('\0dirname', `process.getBuiltinModule('node:path').dirname(decodeURIComponent(${url}.pathname))`)
          .replaceAll('\0filename', `decodeURIComponent(${url}.pathname)`),
        map: null,
      };
    },
  };
}

/** A digest of paths, sizes and dates: cheap enough to take at every start. */
function digestOf(paths) {
  const hash = createHash('sha1');
  const visit = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return;
    if (!found.isDirectory()) return void hash.update(`${relative(root, path)}:${found.size}:${found.mtimeMs}\n`);
    for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest('hex').slice(0, 16);
}

/** Runs the work while holding dist/.NAME.lock; waits while another living process of ours holds it. */
export function withLock(name, work) {
  const lock = join(root, 'dist', `.${name}.lock`);
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) {
    if (Date.now() > giveUpAt) throw new Error(`another process holds ${lock}; remove it if none is running`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  const release = () => rmSync(lock, { force: true });
  let result;
  try {
    result = work();
  } catch (error) {
    release();
    throw error;
  }
  return result instanceof Promise ? result.finally(release) : release();
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // An empty file is one whose owner is just writing its number.
    if (!pid) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
