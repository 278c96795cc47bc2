#!/usr/bin/env node
// Plain JavaScript that an old Node can read too: it looks for a Node that can run the rest. The right one is installed
// with this package, as the package `node`, but `npx` and a global install may start this file with the system's.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_MAJOR = 26

if (Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR) {
  await beFrugal()
  await import(new URL('../src/cli/main.ts', import.meta.url).href)
} else {
  const node = installedNode()
  if (node === undefined) {
    process.stderr.write(
      `error: Almanac needs Node ${OLDEST_MAJOR} or newer, and this is Node ${process.versions.node}\n` +
        `hint: Run "npm install" in the folder of Almanac, which brings the right one, or install Node ${OLDEST_MAJOR}.\n`,
    )
    process.exitCode = 1
  } else {
    runWith(node)
  }
}

/**
 * Compiled code is kept between starts, which halves their time and spares the memory of compiling TypeScript. Short-lived
 * objects get 16 MB at a time: V8 would let them have several times that, and gives none of it back when all is quiet. And V8
 * is not to guess which objects live long: after one slow sync of the log, during which many requests wait, it would make all
 * further requests old from the start, and collecting them would cost a fifth of the server's time (docs/decisions/0023).
 */
async function beFrugal() {
  const { enableCompileCache } = await import('node:module')
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--max-semi-space-size=16')
  setFlagsFromString('--no-allocation-site-pretenuring')
  enableCompileCache()
}

/** @returns {string | undefined} */
function installedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    const candidates = ['bin/node', 'bin/node.exe'].map((name) => join(folder, name))
    return candidates.find((path) => existsSync(path))
  } catch {
    return undefined
  }
}

/** @param {string} node */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C reaches the child by itself, as it is in the same group; the others have to be passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`error: ${node} cannot be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
    // The handlers above would keep this process alive.
    process.exit()
  })
}
