export const SETTINGS_STYLE = `
:root { color-scheme: light dark; --page: #f6f6f8; --card: #fff; --text: #1e1e26; --soft: #5f6070; --line: #d9d9e1;
  --accent: #3b4bd1; --on-accent: #fff; --good: #dff3e4; --bad: #fde3e0; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --page: #131318; --card: #1c1c23; --text: #ececf2; --soft: #a5a6b6; --line: #3a3a46; --accent: #a3adff;
    --on-accent: #10122e; --good: #17351f; --bad: #472019;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline;
  padding: .9rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); }
header p { margin: 0; font-weight: 600; } header small { margin-left: .35rem; font-weight: 400; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { margin: 0 0 1.25rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0 0 1rem; font-size: 1.1rem; }
section { margin: 0 0 1.25rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
p, li, small, label, code { overflow-wrap: anywhere; }
small { color: var(--soft); }
section > :last-child { margin-bottom: 0; }
.outcome { margin: 0 0 1.25rem; padding: .8rem 1.25rem; border-radius: .75rem; background: var(--good); }
.refused { background: var(--bad); }
.field { display: grid; gap: .35rem; margin: 0 0 1.25rem; }
.field label { font-weight: 600; } .field label small, .check { font-weight: 400; }
.field > small { font-size: .875rem; }
.check { display: flex; gap: .6rem; align-items: center; padding: .2rem 0; } .field .check { font-weight: 600; }
input:not([type=checkbox]), select, textarea { width: 100%; padding: .5rem .7rem; border: 1px solid var(--soft); border-radius: .45rem;
  background: var(--page); color: inherit; font: inherit; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; margin: 0; flex: none; accent-color: var(--accent); }
::placeholder { color: var(--soft); opacity: 1; }
fieldset { margin: 0 0 .75rem; padding: 0; border: 0; } legend { padding: 0; font-weight: 600; }
button, .button { display: inline-block; padding: .55rem 1.2rem; border: 1px solid var(--accent); border-radius: .5rem; font: inherit;
  font-weight: 600; background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer; }
.quiet { background: none; color: var(--accent); }
.aside form { margin: 0 0 1rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); } .button:link, .button:visited { color: var(--on-accent); }
ol { margin: 0 0 1rem; padding: 0; list-style: none; font: .85rem/1.5 ui-monospace, monospace; }
li { padding: .4rem 0; border-top: 1px solid var(--line); }
`
