/** How much is measured; everything ends by itself, since all of it is counted and nothing is timed. */
export const sizes = {
  warmUp: 350,
  /** Baselines take several times as long: they get a share of the messages. */
  latencies: [
    { ms: 0, sessions: 1, integration: 300, baseline: 300 },
    { ms: 40, sessions: 1, integration: 100, baseline: 20 },
    { ms: 200, sessions: 10, integration: 100, baseline: 50 },
  ],
  /** Sessions side by side, and how many texts each customer writes. */
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
  /** The server takes its time, or the processor would never be as cold as it is between messages. */
  call: { ms: 5, warmUp: 300, rounds: 8, calls: 50 },
  growth: { steps: [1, 100, 1000], warmUp: 600, texts: 150 },
}
