import type { Container, List } from './compose'

type Open = Container | { kind: 'list'; list: List }

/** Deeper than this nothing is indented any more: a page can nest without end, a reader cannot. */
const DEEPEST = 16

/** The quotes, lists and items that are open at a place of the page. */
export class Containers {
  private readonly open: Open[] = []
  private readonly tooDeep = { quote: 0, list: 0 }

  within(): Container[] {
    return this.open.filter((container) => container.kind !== 'list')
  }

  openQuote(): void {
    this.push({ kind: 'quote' })
  }

  /** `before` is what the last block stood in: a list right after another of its kind needs another sign. */
  openList(ordered: boolean, start: number, before: readonly Container[]): void {
    const neighbour = before[this.within().length]
    const signs = ordered ? ['.', ')'] : ['-', '+']
    const isTaken = neighbour?.kind === 'item' && neighbour.list.sign === signs[0]
    this.push({ kind: 'list', list: { ordered, sign: (isTaken ? signs[1] : signs[0]) ?? '', next: start } })
  }

  /** An item ends where the next one begins or its list ends, so that a list between two items belongs to the first. */
  openItem(): void {
    if (this.tooDeep.list > 0) return
    const depth = this.deepest('list')
    const list = this.open[depth]
    if (list?.kind !== 'list') return
    this.open.length = depth + 1
    const { ordered, sign, next } = list.list
    list.list.next = Math.min(next + 1, 999_999_999)
    const marker = ordered ? `${next}${sign} ` : `${sign} `
    this.open.push({ kind: 'item', list: list.list, marker, isWritten: false })
  }

  close(kind: 'quote' | 'list'): void {
    if (this.tooDeep[kind] > 0) {
      this.tooDeep[kind]--
      return
    }
    const depth = this.deepest(kind)
    if (depth >= 0) this.open.length = depth
  }

  private push(container: Open & { kind: 'quote' | 'list' }): void {
    if (this.open.length < DEEPEST) this.open.push(container)
    else this.tooDeep[container.kind]++
  }

  private deepest(kind: Open['kind']): number {
    return this.open.map((container) => container.kind).lastIndexOf(kind)
  }
}
