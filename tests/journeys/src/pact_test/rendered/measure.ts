/** Measures samples. */

import { emits } from "measure_events";
import { Place, Sample, Span, TooHeavy, Unit } from "<types>";

export { Place, Sample, Span, TooHeavy, Unit };

export class Gauge {
  #unit: string;

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  read(): number {
    return this.#unit.length;
  }
}

export function weigh(sample: Sample, times: number = 1): string {
  return emits("weigh", () => {
    if (sample.count * times > 1000) throw new TooHeavy("more than a thousand");
    return String(Number(sample.price) * times);
  });
}

export async function wait_for(seconds: number): Promise<number> {
  return emits("wait_for", async () => {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return Math.round(seconds);
  });
}

export function watch(): AsyncIterableIterator<number> {
  return emits("watch", async function* () {
    for (const reading of [1, 2]) yield reading;
  });
}

export function attach(gauge: Gauge, told: (input0: number) => void): void {
  emits("attach", () => told(gauge.read()));
}
