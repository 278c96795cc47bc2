/** What a subscription costs a month, by currency. A year costs ten months. */
export interface Plan {
  readonly name: 'basic' | 'standard' | 'premium'
  readonly weight: number
}

export const PLANS: readonly Plan[] = [
  { name: 'basic', weight: 42 },
  { name: 'standard', weight: 40 },
  { name: 'premium', weight: 18 },
]

export const TRIAL_DAYS = 7
/** Billing goes by days, not by calendar months, so that each period is as long as the one before. */
export const MONTH_DAYS = 30
export const YEAR_DAYS = 365

const MONTHLY: Record<string, Record<Plan['name'], number>> = {
  USD: { basic: 6.99, standard: 10.99, premium: 15.99 },
  EUR: { basic: 5.99, standard: 9.99, premium: 14.99 },
  GBP: { basic: 4.99, standard: 8.99, premium: 12.99 },
  CAD: { basic: 7.99, standard: 12.99, premium: 18.99 },
  AUD: { basic: 8.99, standard: 14.99, premium: 20.99 },
  BRL: { basic: 18.9, standard: 32.9, premium: 44.9 },
  INR: { basic: 149, standard: 349, premium: 499 },
  PLN: { basic: 23.99, standard: 38.99, premium: 54.99 },
  MXN: { basic: 99, standard: 179, premium: 249 },
  JPY: { basic: 790, standard: 1290, premium: 1980 },
  SEK: { basic: 69, standard: 109, premium: 159 },
}

export function priceOf(plan: Plan['name'], currency: string, isYearly: boolean): number {
  const monthly = MONTHLY[currency]?.[plan]
  if (monthly === undefined) throw new Error(`the price list has no ${plan} plan in ${currency}`)
  return isYearly ? Math.round(monthly * 1000) / 100 : monthly
}
