throw new TypeError("broken while it is imported");
