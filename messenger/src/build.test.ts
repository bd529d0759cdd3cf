import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { budgets, buildMessenger } from './build.ts'

const built = (name: string) => readFileSync(fileURLToPath(new URL(`dist/${name}`, import.meta.url)), 'utf8')

test('the built messenger stays within its budgets, and is what a strict policy allows', async () => {
  const sizes = await buildMessenger()
  for (const name of ['loader', 'script', 'style'] as const) {
    expect(sizes[name]).toBeGreaterThan(500)
    expect(sizes[name]).toBeLessThanOrEqual(budgets[name])
  }
  // No inline script or style in the frame, and a loader that is one plain script without names of its own.
  expect(built('frame.html')).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/)
  const loader = built('messenger.js')
  expect(loader).toMatch(/^\s*(?:\/\*.*?\*\/\s*)?\(function/)
  expect(loader).not.toMatch(/\bimport\b\s*[({'"]|innerHTML|document\.cookie|\beval\b/)
}, 60_000)
