/** What computing on one's own machine takes and costs: an estimate from a wattage and a tariff that the person sets. */

export interface PowerSetting {
  /** W that the machine draws more while it answers than while it idles: what a plug meter shows, less its idle draw. */
  readonly watts: number;
  /** US dollars per kWh. */
  readonly tariff: number;
}

export interface Energy {
  readonly wattHours: number;
  /** US dollars. */
  readonly cost: number;
}

/** @param ms time that the machine computed: of an answer, its end-to-end latency */
export function energyOf(ms: number, { watts, tariff }: PowerSetting): Energy {
  const wattHours = (watts * ms) / 3_600_000;
  return { wattHours, cost: (wattHours / 1000) * tariff };
}
