import type { NoticeText } from './notices.ts'

/** The scanner of CLAMD_URL does not answer: nothing is taken that it has not looked through. */
export const scannerAway: NoticeText = {
  kind: 'scanner_away',
  level: 'error',
  begins:
    'The scanner of CLAMD_URL cannot be reached, or does not take files of this size: no files are taken until it does. See that clamd runs, and that its StreamMaxLength is 110M at least.',
  ends: 'The scanner of CLAMD_URL answers again.',
}
