// The order of tests where the host asks for another one than that of the files. What belongs together stays together: the
// tests of a file, and those of a `describe`.

/** Shuffles the files and, within each, what is in it. */
export function shuffle(files, seed) {
  const draw = generator(seed);
  shuffleList(files, draw);
  for (const file of files) shuffleTasks(file, draw);
}

function shuffleTasks(suite, draw) {
  shuffleList(suite.tasks, draw);
  for (const task of suite.tasks) if (task.type === "suite") shuffleTasks(task, draw);
}

function shuffleList(list, draw) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
}

// splitmix32: small, and good enough to draw an order.
function generator(seed) {
  let state = Math.trunc(seed % 2 ** 32) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
