'use strict'
// Runs before `npm start` and `npm test`, under whatever Node the machine has (16 or newer), so that a bare clone
// works: it brings the packages, and with --browser a browser for the tests. It says something only when it acts.

const { spawnSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')

const root = __dirname
const modules = path.join(root, 'node_modules')
const stamp = path.join(modules, '.foyer-install')
const ownNode = path.join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
const oldestNode = 24

bringPackages()
if (process.argv.includes('--browser')) bringBrowser()

function bringPackages() {
  const wanted = fingerprint()
  if (read(stamp) === wanted && fs.existsSync(ownNode)) return
  if (isInstalled()) {
    // Somebody has run npm here by hand.
    fs.writeFileSync(stamp, wanted)
    return
  }
  say(
    fs.existsSync(modules)
      ? 'The packages have changed: installing them again.'
      : 'Installing the packages; this takes about a minute.',
  )
  // Packages for building and testing are wanted here, whatever NODE_ENV says: the front ends are built from source.
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  if (!npm(['ci', ...options])) {
    say('"npm ci" did not work; trying "npm install".')
    if (!npm(['install', ...options])) {
      stop(
        'The packages could not be installed. npm has said why above; most often it is the way to the registry, or a full disk.',
      )
    }
  }
  const version = nodeVersion()
  if (version < oldestNode) {
    stop(
      `Foyer runs on Node ${oldestNode} or newer, which the package "node" brings, but ${ownNode} ${version ? `is ${version}` : 'does not run'}: let npm run install scripts ("npm config delete ignore-scripts"), remove node_modules, and start again.`,
    )
  }
  fs.writeFileSync(stamp, fingerprint())
}

/** Changes with the packages, and with the machine they are for (a folder that is mounted into a container). */
function fingerprint() {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`
}

/** Whether what npm wrote down of node_modules is younger than the lock file, and Node is there. */
function isInstalled() {
  const record = path.join(modules, '.package-lock.json')
  if (!fs.existsSync(record)) return false
  const isYounger = fs.statSync(record).mtimeMs >= fs.statSync(path.join(root, 'package-lock.json')).mtimeMs
  return isYounger && nodeVersion() >= oldestNode
}

function nodeVersion() {
  const { stdout } = spawnSync(ownNode, ['--version'], { encoding: 'utf8' })
  return Number((/^v(\d+)\./.exec(stdout || '') || [])[1] || 0)
}

function npm(args) {
  // The npm that runs us, not another one that may stand first on the path.
  const own = process.env.npm_execpath
  const isScript = own && /\.c?js$/.test(own)
  const result = isScript
    ? spawnSync(process.execPath, [own, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  return result.status === 0
}

function bringBrowser() {
  if (findBrowser()) return
  if (process.getuid && process.getuid() === 0 && onPath('apt-get')) {
    say('Installing Chromium for the tests.')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const options = { stdio: ['ignore', 'inherit', 'inherit'], env }
    spawnSync('apt-get', ['update', '-q'], options)
    // The second is the same without a window, which starts sooner; not every Debian has it.
    for (const name of ['chromium', 'chromium-headless-shell'])
      spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], options)
    if (findBrowser()) return
  }
  stop(
    'The tests need Chromium: install it (Debian: "apt-get install chromium"; anywhere: "npx playwright-core install chromium"), or set CHROMIUM to the path of a Chrome or Chromium.',
  )
}

function findBrowser() {
  const given = process.env.CHROMIUM
  if (given && fs.existsSync(given)) return given
  if (given)
    stop(
      `CHROMIUM is "${given}", where there is no file: set it to the path of a Chrome or Chromium, or take it out.`,
    )
  const mac = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  const fixed = ['/usr/bin/chromium', ...mac].find((file) => fs.existsSync(file))
  return (
    fixed || onPath('chromium') || onPath('google-chrome') || onPath('google-chrome-stable') || playwrights()
  )
}

/** Chromium as `npx playwright-core install chromium` leaves it. */
function playwrights() {
  const home = require('node:os').homedir()
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    path.join(home, '.cache/ms-playwright'),
    path.join(home, 'Library/Caches/ms-playwright'),
  ]
  for (const cache of caches) {
    if (!cache || !fs.existsSync(cache)) continue
    const found = fs.readdirSync(cache).find((name) => name.startsWith('chromium-'))
    if (found) return path.join(cache, found)
  }
  return null
}

function onPath(program) {
  const folders = (process.env.PATH || '').split(path.delimiter).filter(Boolean)
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file)) || null
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

function stop(sentence) {
  say(sentence)
  process.exit(1)
}
