// What a workload is: variants that do the same work, ours and a peer's, measured in alternating rounds
// of one run; and a floor under the ratio of the two.

export interface Sample {
  /** In the workload's unit; more is better unless the workload says otherwise. */
  readonly rate: number;
  /** CPU seconds of the server for 1,000 requests, user and system. */
  readonly cpuPer1000?: number | undefined;
  /** 99th percentile, ms. */
  readonly p99Ms?: number | undefined;
}

export interface Variant {
  readonly name: string;
  measure(): Promise<Sample>;
}

export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly ours: Variant;
  readonly peers: readonly Variant[];
  /** Ours divided by the slowest of the peers must reach this. */
  readonly floor: number;
  /** What we aim at. */
  readonly aim?: number | undefined;
  /** What is divided; `rate` when absent. */
  readonly by?: 'rate' | 'cpu' | undefined;
  /** So many samples of each in a round; 1 when absent. For what moves more than it may differ. */
  readonly perRound?: number | undefined;
  /** True: the ratio must stay below the floor. */
  readonly isCeiling?: boolean | undefined;
}

export interface Workload {
  /** `P1`. */
  readonly id: string;
  readonly title: string;
  /** Prepares data and servers; what it returns is measured, then closed. */
  open(): Promise<{ readonly comparisons: readonly Comparison[]; close(): Promise<void> }>;
}
