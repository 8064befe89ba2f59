const React = { createElement: (tag, props, ...children) => ({ tag, props, children }) };

export const view = <p title="x">text</p>;
