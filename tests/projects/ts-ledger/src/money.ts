const FORM = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/** Reads "12.5" as 1250 cents. */
export function parse(text: string): number {
  const match = FORM.exec(text.trim());
  if (!match) throw new RangeError(`no amount: ${JSON.stringify(text)}`);
  const [, sign, whole, part = ""] = match;
  const cents = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return sign && cents ? -cents : cents;
}

export function format(cents: number): string {
  const [sign, size] = cents < 0 ? ["-", -cents] : ["", cents];
  return `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, "0")}`;
}

/** Parts an amount by weights; what is left over goes to the first. */
export function part(cents: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight) => Math.floor((cents * weight) / total));
  const rest = cents - parts.reduce((sum, one) => sum + one, 0);
  return parts.map((one, at) => (at === 0 ? one + rest : one));
}
