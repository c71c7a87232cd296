/** How much is measured. These are counts, not times, so the benchmark always ends. */
export const sizes = {
  warmUp: 350,
  /** The baseline is several times slower, so it gets only a share of the messages. */
  latencies: [
    { ms: 0, sessions: 1, integration: 300, baseline: 300 },
    { ms: 40, sessions: 1, integration: 100, baseline: 20 },
    { ms: 200, sessions: 10, integration: 100, baseline: 50 },
  ],
  /** Concurrent sessions, and how many texts each customer writes. */
  throughput: [
    { sessions: 1, texts: 15 },
    { sessions: 10, texts: 12 },
    { sessions: 50, texts: 8 },
  ],
  callMs: 40,
  /** Threads of the batch, each with two events. */
  threads: 50,
  filesMb: [1, 10, 25],
  filesOfEach: 2,
  loads: 5,
  /** The server responds slowly, so that the processor's caches cool down as between real messages. */
  call: { ms: 5, warmUp: 300, rounds: 8, calls: 50 },
  growth: { steps: [1, 100, 1000], warmUp: 600, texts: 150 },
}
