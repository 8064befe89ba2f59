// `performance`: the host's clock in milliseconds since the run began.

const marks = new Map();

export const performance = {
  now: () => __host.now(),
  get timeOrigin() {
    return __host.wall() - __host.now();
  },
  mark: (name) => {
    const mark = { name, entryType: "mark", startTime: __host.now(), duration: 0 };
    marks.set(name, mark);
    return mark;
  },
  measure: (name, from, to) => {
    const startTime = marks.get(from)?.startTime ?? 0;
    const duration = (marks.get(to)?.startTime ?? __host.now()) - startTime;
    return { name, entryType: "measure", startTime, duration };
  },
  clearMarks: (name) => void (name === undefined ? marks.clear() : marks.delete(name)),
  clearMeasures() {},
  getEntries: () => [...marks.values()],
  getEntriesByName: (name) => [...marks.values()].filter((mark) => mark.name === name),
  getEntriesByType: (type) => (type === "mark" ? [...marks.values()] : []),
};
