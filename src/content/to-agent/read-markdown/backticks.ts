/** The runs of backticks of a text: a run is closed by the next one of its length. */
export class Backticks {
  private readonly runs = new Map<number, { starts: number[]; next: number }>()

  constructor(text: string) {
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      const runs = this.runs.get(run.length)
      if (runs) runs.starts.push(index)
      else this.runs.set(run.length, { starts: [index], next: 0 })
    }
  }

  /** Where the first run of this length at or behind `from` begins. `from` only grows, so that each run is passed once. */
  closing(length: number, from: number): number | undefined {
    const runs = this.runs.get(length)
    if (!runs) return undefined
    while ((runs.starts[runs.next] ?? from) < from) runs.next++
    return runs.starts[runs.next]
  }
}
