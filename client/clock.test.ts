import { expect, test } from 'vitest'
import { createClock, createLeap } from './clock.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 10, 28, 12)

/** A machine whose clock is `wrong` by so much, and a server whose clock is right. */
function world(wrong: number) {
  const at = { real: 0, steady: 0, wall: wrong }
  return {
    wall: () => start + at.wall,
    steady: () => 500 + at.steady,
    server: () => start + at.real,
    pass(ms: number) {
      at.real += ms
      at.steady += ms
      at.wall += ms
    },
    sleep(ms: number) {
      at.real += ms
      at.wall += ms
    },
    put(ms: number) {
      at.wall += ms
    },
  }
}

test.each([-48, -2, 0, 2, 48])('a clock that is %i hours off tells the server’s time', (hours) => {
  const here = world(hours * hour)
  const clock = createClock(here.wall, here.steady)
  const asked = here.steady()
  here.pass(80)
  // An answer's Date is cut off to the second.
  clock.learn(Math.floor(here.server() / 1_000) * 1_000, asked, 1_000)
  here.pass(700)
  expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(1_100)
  const again = here.steady()
  here.pass(20)
  clock.learn(here.server(), again)
  here.pass(hour)
  expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(25)
})

test('a coarse time does not spoil one that is known better', () => {
  const here = world(3 * hour)
  const clock = createClock(here.wall, here.steady)
  clock.learn(here.server(), here.steady())
  for (let n = 0; n < 20; n++) {
    here.pass(1_730)
    clock.learn(Math.floor(here.server() / 1_000) * 1_000, here.steady() - 50, 1_000)
    expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(2)
  }
})

test('a clock that is put back changes nothing, one that is put forward nothing once the server has spoken', () => {
  const here = world(0)
  const clock = createClock(here.wall, here.steady)
  clock.learn(here.server(), here.steady())
  here.put(-2 * hour)
  here.pass(1_000)
  expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(2)
  here.put(5 * hour)
  here.pass(1_000)
  clock.learn(here.server(), here.steady())
  expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(2)
})

test('a sleep through which the steady clock stood is seen before the server has spoken', () => {
  const here = world(-hour)
  const clock = createClock(here.wall, here.steady)
  clock.learn(here.server(), here.steady())
  here.sleep(8 * hour)
  expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(2)
})

test('a server whose clock is put right is followed', () => {
  const here = world(0)
  const clock = createClock(here.wall, here.steady)
  clock.learn(here.server() + hour, here.steady())
  clock.learn(here.server(), here.steady())
  expect(Math.abs(clock.now() - here.server())).toBeLessThanOrEqual(2)
})

test('a leap is a wall clock that runs ahead, not one that is put back or regulated', () => {
  const here = world(0)
  const leap = createLeap(here.wall, here.steady)
  here.pass(60_000)
  here.put(900)
  expect(leap()).toBe(0)
  here.put(-2 * hour)
  expect(leap()).toBe(0)
  here.sleep(30_000)
  expect(leap()).toBe(30_000)
  expect(leap()).toBe(0)
})
