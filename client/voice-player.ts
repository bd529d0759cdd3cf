/** What the only player of a page does with one voice message. `at`: where it stands, in milliseconds. */
export type Playing = { isPlaying: boolean; at: number; isGone: boolean }

/** Plays the voice messages of a page, one at a time, and remembers where each was left. */
export type VoicePlayer = {
  /** The same object until something about it changes. */
  get(id: string): Playing
  /** How fast all of them are played. */
  rate(): number
  nextRate(): void
  toggle(id: string): void
  seek(id: string, at: number): void
  /** It is not shown any more: it plays no further, and where it was left stays. */
  leave(id: string): void
  subscribe(listener: () => void): () => void
}

const rates = [1, 1.5, 2] as const
const unheard: Playing = { isPlaying: false, at: 0, isGone: false }
/** So often it is told where it stands, in milliseconds. */
const tellMs = 100

/** `address`: where one can be read at the moment, null for what is gone. `next`: the one that follows one directly. */
export function createVoicePlayer(options: {
  address: (id: string) => Promise<string | null>
  next: (id: string) => string | null
}): VoicePlayer {
  const listeners = new Set<() => void>()
  const known = new Map<string, Playing>()
  const audio = new Audio()
  audio.preload = 'auto'
  let current: string | null = null
  /** The one that the element holds. */
  let held: string | null = null
  let rate = 0
  /** Tells a play that came later from one that is still fetching its address. */
  let turn = 0
  /** What is told of a pause then is that of the one before. */
  let isStarting = false
  /** An address may have run out: it is asked for once more. */
  let isSecond = false
  let timer: ReturnType<typeof setInterval> | undefined

  function set(id: string, change: Partial<Playing>): void {
    known.set(id, { ...(known.get(id) ?? unheard), ...change })
    for (const listener of [...listeners]) listener()
  }
  function get(id: string): Playing {
    return known.get(id) ?? unheard
  }

  async function play(id: string): Promise<void> {
    const mine = ++turn
    isStarting = true
    if (current !== null && current !== id) rest()
    const from = get(id).at
    set(id, { isPlaying: true, isGone: false })
    current = id
    if (held !== id) {
      const url = await options.address(id).catch(() => null)
      if (mine !== turn) return
      if (!url) {
        current = null
        isStarting = false
        return set(id, { isPlaying: false, isGone: true })
      }
      held = id
      audio.src = url
      audio.currentTime = from / 1000
    }
    audio.playbackRate = rates[rate] ?? 1
    try {
      await audio.play()
    } catch {
      if (mine === turn && audio.paused && !audio.error) set(id, { isPlaying: false })
    }
    if (mine === turn) isStarting = false
  }

  /** Leaves the one that plays where it is. */
  function rest(): void {
    if (current === null) return
    audio.pause()
    clearInterval(timer)
    set(current, { isPlaying: false })
  }

  function stop(): void {
    turn++
    isStarting = false
    rest()
  }

  function tell(): void {
    if (held !== null && held === current && !audio.paused) set(held, { at: audio.currentTime * 1000 })
  }

  audio.onplaying = () => {
    isSecond = false
    clearInterval(timer)
    timer = setInterval(tell, tellMs)
  }
  audio.onpause = () => {
    clearInterval(timer)
    // By the keys of a keyboard or a headset, too.
    if (current !== null && !isStarting && !audio.ended) set(current, { isPlaying: false })
  }
  audio.onended = () => {
    clearInterval(timer)
    if (current === null) return
    const ended = current
    set(ended, { isPlaying: false, at: 0 })
    const next = options.next(ended)
    if (next) void play(next)
  }
  audio.onerror = () => {
    if (current === null) return
    const failed = current
    held = null
    isStarting = false
    if (isSecond) {
      isSecond = false
      return set(failed, { isPlaying: false, isGone: true })
    }
    isSecond = true
    void play(failed)
  }

  return {
    get,
    rate: () => rates[rate] ?? 1,
    nextRate() {
      rate = (rate + 1) % rates.length
      audio.playbackRate = rates[rate] ?? 1
      for (const listener of [...listeners]) listener()
    },
    toggle(id) {
      if (get(id).isPlaying) stop()
      else void play(id)
    },
    seek(id, at) {
      set(id, { at })
      if (held === id) audio.currentTime = at / 1000
    },
    leave(id) {
      if (current === id && get(id).isPlaying) stop()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The voice message in the message right after the one that this is in, where messages are what `selector` finds. */
export function nextVoice(id: string, selector: string): string | null {
  const messages = [...document.querySelectorAll(selector)]
  const place = messages.findIndex((message) => message.querySelector(`[data-voice="${CSS.escape(id)}"]`))
  if (place < 0) return null
  return messages[place + 1]?.querySelector<HTMLElement>('[data-voice]')?.dataset.voice ?? null
}
