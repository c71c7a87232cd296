import type { Figure, Section } from './figures'
import { rounded } from './statistics'

const HEAD = ['', 'integration', 'baseline', 'baseline / integration']

/** A section as a Markdown table, which is also readable in a terminal. */
export function tableOf({ title, figures }: Section): string {
  const rows = [HEAD, ...figures.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => pad(cell, column, widths)).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  const [head = [], ...others] = rows
  return [`### ${title}`, '', line(head), rule, ...others.map(line)].join('\n')
}

function cells({ name, unit, integration, baseline }: Figure): string[] {
  const value = (figure: number) => `${rounded(figure)} ${unit}`.trim()
  if (baseline === undefined) return [name, value(integration), '', '']
  return [name, value(integration), value(baseline), integration === 0 ? '' : String(rounded(baseline / integration))]
}

const pad = (cell: string, column: number, widths: readonly number[]): string =>
  column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
