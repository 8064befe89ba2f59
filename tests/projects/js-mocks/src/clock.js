export const now = () => Date.now();
export const zone = "UTC";
