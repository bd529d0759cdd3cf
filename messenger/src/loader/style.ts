/** When the conversation fills the screen instead of standing in a corner of it. */
export const fullQuery = '(max-width:480px),(max-height:420px)'

/**
 * The launcher and the panel, in a shadow root that the site's rules do not reach. Lengths are in px on purpose: `rem` is
 * whatever the site's root says. The panel's upper part carries the brand's colour, so that it looks right before the
 * frame has drawn.
 */
export const style = `
*{box-sizing:border-box}
button{all:unset;position:fixed;inset-inline-end:calc(20px + env(safe-area-inset-right));bottom:calc(20px + env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;background:var(--c);color:var(--i);cursor:pointer;display:grid;place-items:center;box-shadow:0 0 0 1px #0001,0 2px 6px #0003,0 8px 24px #0003;transition:transform .15s;-webkit-tap-highlight-color:transparent}
button:hover{transform:scale(1.05)}
button:active{transform:scale(.96)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px;box-shadow:0 0 0 3px #fff,0 0 0 7px #000}
svg{grid-area:1/1;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;transition:opacity .15s,transform .15s}
svg+svg,[aria-expanded=true] svg{opacity:0;transform:rotate(-30deg) scale(.6)}
[aria-expanded=true] svg+svg{opacity:1;transform:none}
span{position:absolute;top:-3px;inset-inline-end:-3px;min-width:22px;height:22px;border-radius:11px;padding:0 6px;background:#c9162b;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center;box-shadow:0 0 0 2px #fff}
span:empty,[aria-expanded=true] span{display:none}
div{position:fixed;inset-inline-end:calc(20px + env(safe-area-inset-right));bottom:calc(90px + env(safe-area-inset-bottom));width:400px;max-width:calc(100vw - 40px);height:min(680px,100vh - 110px);height:min(680px,100dvh - 110px);border-radius:18px;overflow:hidden;color-scheme:light dark;background:linear-gradient(var(--c) 220px,Canvas 0);box-shadow:0 0 0 1px #0001,0 4px 12px #0002,0 16px 48px #0004;transition:opacity .15s,transform .15s,visibility .15s;transform-origin:bottom right}
div.p{width:340px;height:var(--p);max-height:200px;background:none;box-shadow:none;border-radius:16px}
div:not(.o,.p){visibility:hidden;opacity:0;transform:translateY(8px) scale(.98);pointer-events:none}
iframe{display:block;width:100%;height:100%;border:0;opacity:0}
.r iframe{opacity:1}
p{position:absolute;inset:220px 0 0;margin:0;padding:24px;background:Canvas;color:CanvasText;font:15px/1.45 system-ui,sans-serif;display:grid;place-content:center;text-align:center}
h1{margin:28px 26px;color:var(--i);font:600 16px/1.3 system-ui,sans-serif}
@media ${fullQuery}{.o{inset:var(--t,0) 0 auto;width:auto;max-width:none;height:var(--h,100dvh);border-radius:0;transition:none}button[aria-expanded=true]{visibility:hidden}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media (forced-colors:active){button{outline:2px solid ButtonText}}
@media print{:host{display:none!important}}
`
