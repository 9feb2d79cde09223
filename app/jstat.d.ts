/** What this product uses of jstat, which brings no types. */
declare module "jstat" {
  type Continuous = { inv(p: number, degreesOfFreedom: number): number };
  const jstat: { jStat: { studentt: Continuous; chisquare: Continuous } };
  export default jstat;
}
