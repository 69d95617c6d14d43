/** The dashboard's style: paper and ink, and the red of a printer's second colour for what is in use. */
export const DASHBOARD_STYLE = `
:root{color-scheme:light dark;--ground:#fcfcfb;--ink:#161616;--quiet:#63635f;--line:#dcdcd7;--cell:#e4e4de;--use:#b3361f;
--edge:#1d5a4b;--best:#c79a35;--made:#161616;--delta:#b3361f;--slice:#c79a35;--base:#8d8d87}
@media (prefers-color-scheme:dark){:root{--ground:#121212;--ink:#ededea;--quiet:#a3a39e;--line:#343432;--cell:#262624;--use:#ff7a5c;
--edge:#5fb39b;--best:#dcb35c;--made:#ededea;--delta:#ff7a5c;--slice:#dcb35c;--base:#75756f}}
*{box-sizing:border-box}
html{text-size-adjust:100%}
body{--page:max(clamp(1.25rem,4vw,3.5rem),(100vw - 80rem)/2);margin:0;padding-inline:var(--page);background:var(--ground);color:var(--ink);
font:400 1rem/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
a{color:inherit;text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
h1,h2,h3,p,dl,ol,figure{margin:0;padding:0}
.quiet{color:var(--quiet)}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 2rem;padding-block:1.25rem;font-size:.875rem}
.top h1{font-size:1rem;font-weight:700}
.top h1 span{color:var(--use)}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1.5rem 2rem;padding-block:clamp(1rem,4vw,3rem)}
.figures>div{border-block-start:3px solid var(--ink);padding-block-start:.6rem}
.figures dt{font-size:.875rem;color:var(--quiet)}
.figures dd{margin:0;font-size:clamp(1.75rem,1.2rem + 2vw,2.75rem);font-weight:700;line-height:1.2;letter-spacing:-.02em;text-align:start;white-space:nowrap}
.figures .first{grid-column:1/-1}
.figures .first dd{font-size:clamp(3rem,2rem + 5vw,5rem);line-height:1.1;letter-spacing:-.03em}
@media (min-width:48rem){.figures{grid-template-columns:repeat(4,minmax(0,1fr))}}
@media (min-width:72rem){.figures{grid-template-columns:1.6fr repeat(4,minmax(0,1fr))}.figures>div{display:flex;flex-direction:column;justify-content:space-between}.figures .first{grid-column:auto}.figures .first dd{font-size:4.25rem;line-height:1}
.figures>div:not(.first) dd{line-height:1.3}}
.figures .first{border-color:var(--use)}
.figures .first dd{color:var(--use)}
.figures .first.unknown dd{font-size:clamp(1.75rem,1.2rem + 1.5vw,2.25rem);line-height:1.5;white-space:normal;letter-spacing:-.02em;color:var(--quiet)}
.asked{padding-block-end:1.5rem}
.asked h2 span{margin-inline-start:.75em;font-weight:400}
.asked h2,h3{font-size:.875rem;font-weight:700}
.hours{display:block;inline-size:100%;block-size:clamp(6rem,16vw,10rem);margin-block:.75rem .5rem}
.rule{fill:var(--line)}
.axis{display:flex;justify-content:space-between;font-size:.8125rem;color:var(--quiet)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-block-start:.5rem;padding:0;font-size:.8125rem;list-style:none}
.legend i{display:inline-block;inline-size:.7rem;block-size:.7rem;margin-inline-end:.45em}
.delta{fill:var(--delta)}.slice{fill:var(--slice)}.base{fill:var(--base)}
.edge{fill:var(--edge)}.best{fill:var(--best)}.made{fill:var(--made)}.track{fill:var(--cell)}
i.delta{background:var(--delta)}i.slice{background:var(--slice)}i.base{background:var(--base)}
i.edge{background:var(--edge)}i.best{background:var(--best)}i.made{background:var(--made)}
i.ramp{inline-size:6rem;background:linear-gradient(90deg,var(--cell) 10%,color-mix(in srgb,var(--use) 25%,var(--cell)) 10%,var(--use))}
.face{border-block-start:1px solid var(--line);padding-block:clamp(1.75rem,4vw,3rem)}
.face header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem 1.25rem;margin-block-end:1.25rem}
.face h2{font-size:clamp(1.375rem,2.4vw,1.875rem);line-height:1.25;letter-spacing:-.01em}
.face header p{font-size:.875rem}
.case{display:grid;gap:1.25rem}
.cells{position:relative;max-inline-size:100%;background:var(--cell);mask-size:100% 100%}
.cells i{position:absolute;inset:0;background:var(--use);mask-size:100% 100%}
figcaption{margin-block-start:.4rem;font-size:.8125rem}
figcaption b{margin-inline-end:.5em}
.empty,.alarm{padding:1.25rem;border:1px dashed var(--line);font-size:.875rem;color:var(--quiet)}
.alarm{border-color:var(--use);color:var(--use)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:2rem clamp(1.5rem,4vw,3.5rem);margin-block-start:1.75rem;font-size:.875rem}
table{inline-size:100%;margin-block:.5rem;border-collapse:collapse}
th{padding:.3rem .75rem .3rem 0;font-weight:400;text-align:start;white-space:nowrap}
thead th{color:var(--quiet);font-size:.8125rem}
td{padding:.3rem .75rem .3rem 0;border-block-start:1px solid var(--line)}
tbody th{border-block-start:1px solid var(--line)}
.n{text-align:end;white-space:nowrap}
.share{inline-size:40%}
tr>:last-child{padding-inline-end:0}
.bar{display:block;inline-size:100%;block-size:.5rem}
.columns dl>div{display:flex;justify-content:space-between;gap:1rem}
.columns dl>div{padding-block:.3rem;border-block-start:1px solid var(--line)}
.columns dl>div:first-child{border:0}
.columns table+dl>div:first-child{border-block-start:1px solid var(--line)}
.columns table{margin-block-end:0}
dt{color:var(--quiet)}
dd{margin:0;text-align:end}
.columns p{padding-block:.3rem}
.columns p+dl>div:first-child,.plans+dl>div:first-child{border-block-start:1px solid var(--line)}
.key{padding-block-end:1.25rem}
.others{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;border-block-start:1px solid var(--line);padding-block:1.5rem;font-size:.875rem}
.plans{margin-block:.5rem;list-style:none}
.plans li{padding-block:.3rem;border-block-start:1px solid var(--line)}
.plans li:first-child{border:0}
.plans time{margin-inline-start:.5em}
.plans span{display:block}
footer{border-block-start:1px solid var(--line);padding-block:1.5rem 3rem;font-size:.875rem;color:var(--quiet)}
footer p{max-inline-size:60em}
`;
