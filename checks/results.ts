import { readFileSync } from 'node:fs'

export type Counts = { passed: number; failed: number }

/** The part of vitest's JSON report that is counted. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  numTotalTests: number
  success: boolean
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

/** Counts a run. What was left out failed, and so did a file that could not be run and a report that was never written. */
export function countReport(text: string | null): Counts {
  if (text === null) return { passed: 0, failed: 1 }
  const report = JSON.parse(text) as Report
  const leftOut = report.numTotalTests - report.numPassedTests - report.numFailedTests
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = report.numFailedTests + leftOut + broken
  // Something outside of any test went wrong, such as an error nobody caught.
  return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed }
}

/** What did not pass, and the first lines of why; of a file that could not be run, its name. Of no report, nothing. */
export function failuresIn(text: string | null): string[] {
  if (text === null) return []
  const report = JSON.parse(text) as Report
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status !== 'passed')
    if (failed.length === 0) return status === 'failed' ? [`${name}\n${begin(message)}`] : []
    return failed.map(({ fullName, failureMessages }) => {
      const why = failureMessages.map(begin).join('\n')
      return `${name}: ${fullName}\n${why}`.trimEnd()
    })
  })
}

/** As much of a message as tells what happened. */
function begin(message: string): string {
  const lines = message
    .trim()
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|new Promise)/.test(line))
    .slice(0, 12)
  return lines.map((line) => `    ${line.slice(0, 200)}`).join('\n')
}

export function readReport(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

export function sum(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
  }
}
