import { Plant, Vignette } from './scene.tsx'

/** Nobody has come yet: the door stands open and the light is on. */
export function NothingYet() {
  return (
    <Vignette
      behind={
        <>
          <path d="M78 150V94a42 42 0 0 1 84 0v56z" fill="var(--flame-lit)" />
          <circle cx="120" cy="100" r="24" fill="var(--halo)" opacity=".45" />
          <path d="M120 52v32" stroke="var(--wood-deep)" strokeWidth="2.5" />
          <path d="M110 92a10 10 0 0 1 20 0v18h-20z" fill="var(--flame)" />
          <path d="M108 110h24v5h-24zM112 84h16v5h-16z" fill="var(--wood-deep)" />
          <path d="M78 150V94c0-14 6-25 16-33L60 48c-12 10-18 24-18 42v68z" fill="var(--pine)" />
          <path d="M68 138V98c0-8 2-14 7-20L60 72c-6 7-8 14-8 22v48z" fill="var(--pine-deep)" />
          <circle cx="71" cy="112" r="3.6" fill="var(--gold)" />
        </>
      }
    >
      <path d="M78 159h84l22 12H58z" fill="var(--flame-lit)" opacity=".55" />
      <Plant x={186} y={150} size={0.95} />
    </Vignette>
  )
}
