/** The state fiscal year of Texas that a day lies in: from 1 September to 31 August (Government Code 316.071), in UTC. */
export function texasFiscalYear(day: string): { name: string; from: string; until: string } {
  const year = Number(day.slice(0, 4));
  const ends = day.slice(5) >= "09-01" ? year + 1 : year;
  return { name: `FY ${ends}`, from: `${ends - 1}-09-01`, until: `${ends}-08-31` };
}

/** The share of duties at a computer, in percent, from which on the training is asked (Government Code 2054.5191). */
export const computerShareAsked = 25;
