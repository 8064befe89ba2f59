export class Shape {
  area() {
    return 4;
  }
}
export const scale = (value) => value * 2;
export const names = ["a"];
