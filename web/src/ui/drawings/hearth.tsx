import { Cat, Mug, Plant } from './scene.tsx'

/** A room with a fire and two chairs before it: somebody is awaited. It fills whatever place it gets. */
export function Hearth() {
  return (
    <svg
      viewBox="0 0 880 900"
      preserveAspectRatio="xMidYMid slice"
      className="drawing size-full"
      aria-hidden="true"
    >
      <path d="M-800-800h2480v1510H-800z" fill="var(--wall)" />
      <path d="M-800 710h2480v1000H-800z" fill="var(--floor)" />
      <path d="M-800 690h2480v20H-800z" fill="var(--wood)" />
      <path d="M262-800h356v1490H262z" fill="var(--wall-lit)" />
      <circle cx="440" cy="600" r="370" fill="var(--halo)" opacity=".1" />
      <circle cx="440" cy="610" r="265" fill="var(--halo)" opacity=".13" />
      <Picture />
      <Window />
      <Lamp />
      <Fireplace />
      <ellipse cx="440" cy="806" rx="342" ry="60" fill="var(--clay)" opacity=".82" />
      <ellipse cx="440" cy="806" rx="306" ry="49" fill="none" stroke="var(--wall-lit)" strokeWidth="4" />
      <ellipse cx="440" cy="806" rx="284" ry="43" fill="var(--clay-lit)" />
      <Chair cloth="var(--pine)" shade="var(--pine-deep)" />
      <g transform="translate(880 0) scale(-1 1)">
        <Chair cloth="var(--gold)" shade="var(--wood-deep)" />
      </g>
      <Cat x={440} y={808} size={1.15} />
    </svg>
  )
}

function Fireplace() {
  return (
    <>
      <Plant x={572} y={398} size={1.15} />
      <Mug x={328} y={398} size={0.92} />
      <g>
        <path d="M404 338h92v60h-92z" fill="var(--paper)" transform="rotate(-4 450 368)" />
        <path d="M404 338l46 34 46-34z" fill="var(--paper-shade)" transform="rotate(-4 450 368)" />
        <circle cx="450" cy="368" r="8" fill="var(--clay)" />
      </g>
      <path d="M240 424h400v266H240z" fill="var(--stone)" />
      <rect x="214" y="398" width="452" height="28" rx="7" fill="var(--wood-deep)" />
      <path d="M300 690V578a140 140 0 0 1 280 0v112" {...bricks} />
      <path d="M318 690V578a122 122 0 0 1 244 0v112z" fill="var(--soot)" />
      <path d="M342 690V592a98 98 0 0 1 196 0v98z" fill="var(--clay)" opacity=".5" />
      <path
        d="M370 690c-26-50 12-82 26-112 10 18 10 26 18 40 2-46 22-76 44-98 2 42 28 60 32 98 8-10 10-18 12-28 26 32 34 68 10 100z"
        fill="var(--flame)"
      />
      <path
        d="M402 690c-16-34 10-52 20-76 8 12 8 18 12 26 4-22 12-34 24-46 4 28 24 50 12 96z"
        fill="var(--sun)"
      />
      <path d="M424 690c-8-22 8-34 16-50 10 14 24 28 12 50z" fill="var(--flame-lit)" />
      <rect
        x="362"
        y="664"
        width="156"
        height="26"
        rx="13"
        fill="var(--wood-deep)"
        transform="rotate(5 440 677)"
      />
      <rect
        x="366"
        y="666"
        width="150"
        height="26"
        rx="13"
        fill="var(--soot)"
        transform="rotate(-6 440 679)"
      />
      <circle cx="374" cy="686" r="9" fill="var(--wood)" />
      <circle cx="506" cy="683" r="9" fill="var(--wood)" />
      <rect x="222" y="686" width="436" height="26" rx="7" fill="var(--wood-deep)" />
    </>
  )
}

function Picture() {
  return (
    <>
      <rect x="330" y="94" width="220" height="214" rx="10" fill="var(--wood-deep)" />
      <path d="M344 108h192v186H344z" fill="var(--sky-low)" />
      <circle cx="466" cy="200" r="52" fill="var(--sun)" opacity=".35" />
      <circle cx="466" cy="200" r="35" fill="var(--sun)" />
      <path d="M344 236c42-34 76-26 104-8s56 12 88-16v82H344z" fill="var(--hill)" />
      <path d="M344 264c50-22 92-12 128-4 26 6 46 2 64-8v42H344z" fill="var(--hill-near)" />
      <path d="M376 262l13-42 13 42zM402 264l10-32 10 32z" fill="var(--pine-deep)" />
    </>
  )
}

function Window() {
  return (
    <>
      <path d="M10 470V250a84 84 0 0 1 168 0v220z" fill="var(--wall-lit)" />
      <path d="M24 456V252a70 70 0 0 1 140 0v204z" fill="var(--sky)" />
      <path d="M24 392c40-26 74-20 140-44v108H24z" fill="var(--hill)" />
      <path d="M24 424c50-16 90-6 140-20v52H24z" fill="var(--hill-near)" />
      <path d="M88 176h12v284H88zM24 318h140v12H24z" fill="var(--wall-lit)" />
      <rect x="-6" y="466" width="200" height="18" rx="6" fill="var(--wood)" />
    </>
  )
}

function Lamp() {
  return (
    <>
      <circle cx="786" cy="390" r="150" fill="var(--halo)" opacity=".13" />
      <path d="M781 440h10v250h-10z" fill="var(--wood-deep)" />
      <rect x="744" y="682" width="84" height="12" rx="6" fill="var(--wood-deep)" />
      <path d="M746 336h80l34 106H712z" fill="var(--flame-lit)" />
      <path d="M746 336h80l5 14h-89zM717 426h138l5 16H712z" fill="var(--gold)" />
    </>
  )
}

function Chair({ cloth, shade }: { cloth: string; shade: string }) {
  return (
    <>
      <path d="M112 800l-10 44h20l12-44zM252 800l10 44h-20l-10-44z" fill="var(--wood-deep)" />
      <path d="M78 790c-6-80-16-150-4-222 8-46 74-54 92-8 14 40 12 120 14 190z" fill={shade} />
      <path d="M104 732c-4-60-8-108 0-152 8-26 40-26 48 2 10 40 8 96 10 150z" fill={cloth} />
      <rect x="106" y="700" width="178" height="62" rx="24" fill={cloth} />
      <path d="M84 742h196v52a20 20 0 0 1-20 20H104a20 20 0 0 1-20-20z" fill={shade} />
      <rect x="92" y="664" width="182" height="44" rx="22" fill={cloth} />
      <path d="M238 676a22 22 0 0 1 44 0v110a20 20 0 0 1-20 20h-24z" fill={cloth} />
      <circle cx="260" cy="686" r="12" fill={shade} />
    </>
  )
}

const bricks = { fill: 'none', stroke: 'var(--clay)', strokeWidth: 36, strokeDasharray: '38 5' } as const
