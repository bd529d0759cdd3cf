/** What asks a schema for something, which is not there. */
const asking = new Set<string | symbol>(['options', 'parse', 'safeParse', Symbol.iterator])

/**
 * Stands for the schema library in what is sent to browsers. Of a route a browser uses method and path only; shapes are
 * checked where they matter, on the server. Schemas may be made of this and nothing happens; who asks one for something is
 * told, because nothing would be a wrong answer.
 */
export const z: unknown = new Proxy(() => {}, {
  get(_, name) {
    if (asking.has(name)) throw new Error(`Schemas are left out of what is sent to browsers: ${String(name)}`)
    return z
  },
  apply: () => z,
})
