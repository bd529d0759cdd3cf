/**
 * Stands for the schema library in what is sent to browsers. Of a route a browser uses method and path only; shapes are
 * checked where they matter, on the server. Anything may be called on this and nothing happens.
 */
export const z: unknown = new Proxy(() => {}, { get: () => z, apply: () => z })
