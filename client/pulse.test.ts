import { expect, test } from 'vitest'
import { createPulse } from './pulse.ts'

/** A page with a line, in time that the test makes pass. */
function page() {
  const at = { steady: 0, wall: Date.UTC(2026, 10, 28) }
  let answers = true
  /** An answer that has come and was not read yet. */
  let ready = false
  const seen = { pings: 0, dead: null as number | null, woken: 0 }
  const pulse = createPulse({
    steady: () => at.steady,
    wall: () => at.wall,
    ping() {
      seen.pings++
      ready ||= answers
    },
    dead() {
      seen.dead ??= at.steady
      pulse.closed()
    },
    woke: () => seen.woken++,
  })
  pulse.opened()
  const read = () => {
    if (ready) pulse.heard()
    ready = false
  }
  return {
    at,
    seen,
    pulse,
    cut: () => {
      answers = false
    },
    /** Lets time pass; the page runs, and ticks, every so many milliseconds. */
    run(ms: number, every = 2_000) {
      for (const end = at.steady + ms; at.steady < end; ) {
        at.steady += every
        at.wall += every
        pulse.tick()
        read()
      }
    },
    /** The page does not run; what came meanwhile is read after the timers have run. */
    stall(ms: number) {
      at.steady += ms
      at.wall += ms
      pulse.tick()
      read()
    },
    /** The machine sleeps, and the steady clock with it. */
    sleep(ms: number) {
      at.wall += ms
      pulse.tick()
      read()
    },
  }
}

test('a line that answers stays, looked at every two seconds or once a minute', () => {
  for (const every of [2_000, 60_000]) {
    const here = page()
    here.run(3_600_000, every)
    expect(here.seen.dead).toBe(null)
    expect(here.seen.pings).toBeGreaterThan(50)
  }
})

test('a line that went dead is noticed within 45 seconds, whenever that was', () => {
  for (let before = 0; before < 24_000; before += 1_700) {
    const here = page()
    here.run(60_000)
    here.run(before)
    const cutAt = here.at.steady
    here.cut()
    here.run(60_000)
    expect((here.seen.dead ?? Number.POSITIVE_INFINITY) - cutAt).toBeLessThanOrEqual(45_000)
  }
})

test('a clock that is put back or forward by hours hides no dead line and ends no living one', () => {
  const here = page()
  for (const hours of [-2, 30, -40]) {
    here.at.wall += hours * 3_600_000
    here.run(60_000)
    // Put forward it looks like a sleep, which a line does not outlive.
    if (hours > 0) here.pulse.opened()
    else expect(here.seen.dead).toBe(null)
    here.seen.dead = null
  }
  here.cut()
  here.at.wall -= 7_200_000
  const cutAt = here.at.steady
  here.run(60_000)
  expect((here.seen.dead ?? Number.POSITIVE_INFINITY) - cutAt).toBeLessThanOrEqual(45_000)
})

test('a page that stood still asks before it judges: an answer may lie ready', () => {
  const here = page()
  here.run(19_000)
  here.stall(300_000)
  expect(here.seen.woken).toBe(1)
  here.run(60_000)
  expect(here.seen.dead).toBe(null)
})

test('a line that died while the page stood still is noticed within seconds of waking', () => {
  const here = page()
  here.run(30_000)
  here.cut()
  here.stall(300_000)
  const wokeAt = here.at.steady
  here.run(20_000)
  expect((here.seen.dead ?? Number.POSITIVE_INFINITY) - wokeAt).toBeLessThanOrEqual(8_000)
})

test('a page that runs once a minute notices a dead line all the same', () => {
  const here = page()
  here.run(120_000, 60_000)
  here.cut()
  here.run(240_000, 60_000)
  expect(here.seen.dead).not.toBe(null)
})

test('after a short sleep the line is asked, after a long one it is taken for gone at once', () => {
  const short = page()
  short.run(30_000)
  const { pings } = short.seen
  short.sleep(20_000)
  expect(short.seen.pings).toBe(pings + 1)
  short.run(30_000)
  expect(short.seen.dead).toBe(null)
  const long = page()
  long.sleep(3_600_000)
  expect(long.seen.dead).not.toBe(null)
})

test('doubt makes the line answer soon, however often it is told, and not where it was heard of just now', () => {
  const here = page()
  here.run(1_000, 1_000)
  here.pulse.doubt(10_000)
  expect(here.seen.pings).toBe(0)
  here.run(15_000)
  here.cut()
  const doubtedAt = here.at.steady
  for (let n = 0; n < 6; n++) {
    here.pulse.doubt(0)
    here.run(2_000)
  }
  expect((here.seen.dead ?? Number.POSITIVE_INFINITY) - doubtedAt).toBeLessThanOrEqual(8_000)
})
