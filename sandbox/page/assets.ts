export const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: #8886; --soft: #8881; --accent: #c2410c; }
  body { margin: 0 auto; max-width: 80rem; padding: 1rem; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; } h3 { font-size: 1rem; margin: 0 0 .5rem; }
  small, i { font-weight: normal; opacity: .75; }
  #view { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
  .calls { grid-column: 1 / -1; overflow-x: auto; }
  article { border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin-bottom: 1rem; }
  ol { list-style: none; margin: 0 0 1rem; padding: 0; }
  li span { white-space: pre-wrap; }
  li { overflow-wrap: anywhere; background: var(--soft); border-radius: .5rem; padding: .4rem .7rem; margin: .3rem 0; }
  li b { display: block; font-size: .8rem; }
  li.agent { border-left: 4px solid var(--accent); }
  li.note { border: 1px dashed var(--accent); }
  li.system { background: none; text-align: center; opacity: .8; }
  form { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 0; }
  input:not([type=hidden]), select { flex: 1 1 10rem; }
  input, select, button { font: inherit; padding: .35rem .6rem; border: 1px solid var(--line); border-radius: .4rem; }
  button { cursor: pointer; }
  table { border-collapse: collapse; font-size: .85rem; } th, td { text-align: left; padding: .15rem .8rem .15rem 0; }
  @media (max-width: 45rem) { #view { grid-template-columns: 1fr; } }
`

/** Keeps the page current and what is being typed where it is. */
export const SCRIPT = `
  const view = document.getElementById('view')
  const fields = () => [...view.querySelectorAll('input:not([type=hidden]), select')]
  let waiting = false
  async function refresh() {
    const answer = await fetch('/view')
    const body = await answer.text()
    const values = fields().map((field) => field.value)
    const focused = fields().indexOf(document.activeElement)
    const before = fields().length
    view.innerHTML = body
    if (fields().length !== before) return
    fields().forEach((field, index) => { field.value = values[index] })
    if (focused >= 0) fields()[focused].focus()
  }
  new EventSource('/changes').onmessage = () => {
    if (waiting) return
    waiting = true
    setTimeout(() => { waiting = false; refresh() }, 100)
  }
`
