// The names of tests: `path::describe > test`, and the same without what `.each` put into it.

import { clean } from "./report.js";
import { relative } from "./stacks.js";

/**
 * Names all tests of a file in order, by test. `titles` are the templates of the file. An id that repeats gets a
 * number; so does the name of a function, where another place of the file defines it again. */
export function nameTests(file, tests, titles, root) {
  const path = relative(root, file.filepath);
  const seen = new Map();
  const names = new Map();
  const places = new Map();
  for (const test of tests) {
    const chain = [];
    for (let task = test; task && task !== file; task = task.suite) chain.unshift(task);
    const titleOf = (task) => (task.each ? (titles.get(task.name) ?? task.name) : task.name);
    const name = clean(`${path}::${chain.map((task) => task.name).join(" > ")}`);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const id = count === 1 ? name : `${name}#${count}`;
    const definition = clean(`${path}::${chain.map(titleOf).join(" > ")}`);
    const known = places.get(definition) ?? [];
    places.set(definition, known);
    const place = `${test.location?.line}:${test.location?.column}`;
    if (!known.includes(place)) known.push(place);
    const ordinal = known.indexOf(place) + 1;
    names.set(test, { id, function: ordinal === 1 ? definition : `${definition}#${ordinal}` });
  }
  return names;
}
