import { expect, test } from 'vitest';
import { usage } from 'meter';

test('the usage is the difference', () => {
  const taken_at = '2026-01-01';
  expect(usage([{ litres: 1, taken_at }, { litres: 3.5, taken_at }])).toBe(2.5);
});
