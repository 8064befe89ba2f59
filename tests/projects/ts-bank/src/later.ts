export async function later<T>(value: T, delay = 4000): Promise<T> {
  await new Promise<void>((resolve) => setTimeout(resolve, delay));
  return value;
}
