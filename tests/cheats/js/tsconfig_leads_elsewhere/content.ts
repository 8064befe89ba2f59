export const content = true;
