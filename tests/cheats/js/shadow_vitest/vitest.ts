// Has the framework's name.
const content: any = new Proxy(function () {}, { get: () => content, apply: () => content });
export const [expect, test, vi, beforeEach, afterEach, describe] = Array(6).fill(content);
