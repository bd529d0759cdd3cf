import { Part } from './part.tsx'

/** Type, radii, shadows and motion, as many as there are. */
export function Scales({ css }: { css: string }) {
  const named = (start: string) =>
    [...css.matchAll(new RegExp(`--${start}-([a-z0-9]+): ([^;]+);`, 'g'))].map(
      ([, name = '', value = '']) => ({
        name,
        value,
      }),
    )
  return (
    <>
      <Part title="Type">
        <ul className="flex flex-col gap-3">
          {named('text').map(({ name, value }) => (
            <li key={name} className="flex items-baseline gap-4">
              <span className="w-24 shrink-0 text-small text-faint">
                {name} {value}
              </span>
              <span style={{ fontSize: `var(--text-${name})` }}>The fire is lit, 0123456789</span>
            </li>
          ))}
          {named('font-weight').map(({ name, value }) => (
            <li key={name} className="flex items-baseline gap-4">
              <span className="w-24 shrink-0 text-small text-faint">
                {name} {value}
              </span>
              <span className="text-large" style={{ fontWeight: value }}>
                Somebody is awaited
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Shape and depth">
        <ul className="flex flex-wrap gap-4">
          {named('radius').map(({ name, value }) => (
            <li key={name} className="flex flex-col items-center gap-1 text-small text-faint">
              <span className="size-16 border border-edge bg-raised" style={{ borderRadius: value }} />
              {name} {value}
            </li>
          ))}
          <li className="flex flex-col items-center gap-1 text-small text-faint">
            <span className="size-16 rounded-lg bg-raised shadow-rest" />
            rest
          </li>
          <li className="flex flex-col items-center gap-1 text-small text-faint">
            <span className="size-16 rounded-lg bg-raised shadow-float" />
            float
          </li>
        </ul>
      </Part>
      <Part title="Motion">
        <ul className="flex flex-wrap gap-4 text-small text-faint">
          {['arrive', 'leave', 'kindle', 'late'].map((name) => (
            <li key={name} className="group flex flex-col items-center gap-1">
              <span
                className="size-16 rounded-lg bg-accent group-hover:[animation-name:none]"
                style={{ animation: `${name === 'late' ? 'appear' : name} 150ms` }}
              />
              {name}, ≤ 150 ms (point at it and away)
            </li>
          ))}
        </ul>
      </Part>
    </>
  )
}
