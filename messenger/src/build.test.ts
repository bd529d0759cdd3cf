import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { budgets, buildInto } from '../build.ts'

// Not where a server running at the same time takes its files from.
const directory = mkdtempSync(join(tmpdir(), 'foyer-messenger-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const built = (name: string) => readFileSync(join(directory, name), 'utf8')

test('the built messenger stays within its budgets, and is what a strict policy allows', async () => {
  const sizes = await buildInto(directory)
  for (const name of ['loader', 'script', 'style'] as const) {
    expect(sizes[name]).toBeGreaterThan(500)
    expect(sizes[name]).toBeLessThanOrEqual(budgets[name])
  }
  // No inline script or style in the pages, and a loader that is one plain script without names of its own.
  for (const page of ['frame.html', 'link.html'])
    expect(built(page)).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/)
  const loader = built('messenger.js')
  expect(loader).toMatch(/^\s*(?:\/\*.*?\*\/\s*)?\(function/)
  expect(loader).not.toMatch(/\bimport\b\s*[({'"]|innerHTML|document\.cookie|\beval\b/)
}, 60_000)
