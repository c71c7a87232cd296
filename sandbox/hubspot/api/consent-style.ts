export const CONSENT_STYLE = `
:root { color-scheme: light dark; --page: #eef1f4; --card: #fff; --text: #22303f; --soft: #566473; --line: #cdd6df;
  --bar: #22303f; --accent: #0b6e74; --on-accent: #fff; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --page: #10171e; --card: #19222c; --text: #e6ebf0; --soft: #9fadbb; --line: #34424f; --bar: #0a0f14;
    --accent: #5fd0d3; --on-accent: #06201f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); }
header { padding: .9rem 1.25rem; background: var(--bar); color: #fff; font-weight: 600; }
header small { margin-left: .5rem; font-weight: 400; color: #c8d3dd; }
main { max-width: 34rem; margin: 2.5rem auto; padding: 2rem; background: var(--card); border: 1px solid var(--line); }
@media (max-width: 36rem) { main { margin: 0; padding: 1.5rem 1.25rem; border-width: 0 0 1px; } }
h1 { margin: 0 0 1rem; font-size: 1.45rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
p, li { overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.25rem; } li { margin: .3rem 0; }
small, .hint { color: var(--soft); }
.hint { margin: 0; font-size: .9rem; }
a { color: var(--accent); }
.accounts { list-style: none; padding: 0; }
.accounts a { display: flex; justify-content: space-between; gap: 1rem; padding: .8rem 1rem; border: 1px solid var(--line); text-decoration: none; }
.accounts a:hover { border-color: var(--accent); }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.75rem 0 1rem; }
button { padding: .65rem 1.4rem; border: 1px solid var(--accent); border-radius: 3px; font: inherit; font-weight: 600;
  background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.quiet { background: none; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
