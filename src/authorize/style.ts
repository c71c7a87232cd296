import { Html } from './html'

/** The pages' whole style sheet. The content security policy allows exactly this text. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --text: #1c2430; --soft: #5b6675; --line: #d5dae1;
  --accent: #b83208; --on-accent: #fff; --good: #1b7a43; --bad: #b3261e; font: 17px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14181f; --card: #1d232c; --text: #e8ebf0; --soft: #a3aebc; --line: #38414e; --accent: #ff8a5c; --on-accent: #1c1108;
    --good: #6fd498; --bad: #ff9b92; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--page); color: var(--text); }
main { max-width: 36rem; margin: 8vh auto 0; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  overflow-wrap: anywhere; }
.good main { border-top: 5px solid var(--good); } .bad main { border-top: 5px solid var(--bad); }
main > :last-child { margin-bottom: 0; }
@media (max-width: 30rem) { main { margin-top: 0; padding: 1.5rem 1.25rem; } }
h1 { margin: 0 0 1rem; font-size: 1.55rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; }
.where { margin: 0 0 .25rem; color: var(--soft); font-size: .85rem; }
.hint { color: var(--soft); font-size: .9rem; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .25rem; }
.row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; padding: .75rem 0; border-top: 1px solid var(--line); }
.row label { display: flex; gap: .6rem; align-items: center; }
.row label:first-child { flex: 1 1 15rem; }
.row small { display: block; color: var(--soft); }
@media (max-width: 30rem) { .row label:last-child { padding-left: 1.75rem; } }
progress { display: block; width: 100%; margin: 0 0 1rem; accent-color: var(--accent); }
input { width: 1.15rem; height: 1.15rem; margin: 0; flex: none; accent-color: var(--accent); }
button, .button { display: inline-block; padding: .65rem 1.4rem; border: 0; border-radius: .6rem; font: inherit; font-weight: 600;
  background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
a { color: var(--accent); }
ul, ol { margin: 0 0 1rem; padding-left: 1.4rem; } li { margin: .25rem 0; }
dl { margin: 0 0 1.25rem; } dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
`

/** Not part of the page's template, where a formatter would change the text and so its hash. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)
