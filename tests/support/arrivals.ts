export type Arrivals = { lost: number; doubled: number; outOfOrder: number }

/** What has become of the texts that were sent: `outOfOrder` counts those that came after a later one. */
export function compare(sent: readonly string[], arrived: readonly string[]): Arrivals {
  const ranks = arrived.map((text) => sent.indexOf(text))
  const once = new Set(arrived)
  return {
    lost: sent.filter((text) => !once.has(text)).length,
    doubled: arrived.length - once.size,
    outOfOrder: ranks.filter((rank, index) => ranks.slice(0, index).some((earlier) => earlier > rank)).length,
  }
}

export const sum = (all: readonly Arrivals[]): Arrivals => ({
  lost: all.reduce((total, { lost }) => total + lost, 0),
  doubled: all.reduce((total, { doubled }) => total + doubled, 0),
  outOfOrder: all.reduce((total, { outOfOrder }) => total + outOfOrder, 0),
})
